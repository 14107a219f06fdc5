import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import http from "node:http";
import https from "node:https";
import type net from "node:net";
import { before, test } from "node:test";
import { REventSource, RWebSocket, SocksError } from "@tsocksify/runtime";
import { freePort } from "../support/peers/daemon";
import { nodeBinary, supportedMajors } from "../support/node-versions";
import * as certificates from "./support/certificates";
import { Proxied } from "./support/proxied";

/** Without it, the class is that of the npm package undici. */
const native = (globalThis as never as { WebSocket?: new () => object }).WebSocket;
const proxied = new Proxied();
let plain: number;
let secure: number;
let refusing: number;

/** A server of RFC 6455 that answers every text message with itself; messages are shorter than 126 bytes. */
function echo(request: http.IncomingMessage, socket: net.Socket): void {
  const key = `${request.headers["sec-websocket-key"]}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
  const accept = createHash("sha1").update(key).digest("base64");
  const protocol = request.headers["sec-websocket-protocol"]?.split(/, ?/)[0];
  socket.write(
    [
      "HTTP/1.1 101 Switching Protocols",
      "Upgrade: websocket",
      "Connection: Upgrade",
      `Sec-WebSocket-Accept: ${accept}`,
      ...(protocol ? [`Sec-WebSocket-Protocol: ${protocol}`] : []),
      "\r\n",
    ].join("\r\n"),
  );
  socket.on("data", (frame: Buffer) => {
    const length = frame[1]! & 0x7f;
    const mask = frame.subarray(2, 6);
    const payload = frame.subarray(6, 6 + length).map((byte, i) => byte ^ mask[i % 4]!);
    socket.write(Buffer.concat([Buffer.from([frame[0]!, length]), payload]));
    if ((frame[0]! & 0xf) === 8) socket.end();
  });
}

before(async () => {
  const app: http.RequestListener = (_, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write("event: greeting\ndata: hello\nid: 1\n\n");
  };
  refusing = await proxied.listen(http.createServer(app));
  plain = await proxied.listen(http.createServer(app).on("upgrade", echo));
  secure = await proxied.listen(https.createServer(certificates.server, app).on("upgrade", echo));
});

/** The part of WebSocket that Node 20's types do not have. */
interface Socket extends EventTarget {
  send(data: string): void;
  close(): void;
  protocol: string;
}

const event = <E extends Event>(target: EventTarget, name: string) =>
  new Promise<E>((resolve) => target.addEventListener(name, (event) => resolve(event as E), { once: true }));

const open = (url: string, protocols?: unknown) =>
  new RWebSocket(url as never, protocols as never) as never as Socket;

test("a WebSocket goes through the proxy, and is a native one where Node has that", async () => {
  const before = proxied.connects(`plain.test:${plain}`);
  const socket = open(`ws://plain.test:${plain}/`, ["one", "two"]);
  assert.ok(!native || socket instanceof native);
  assert.ok(socket instanceof RWebSocket);
  await event(socket, "open");
  assert.equal(socket.protocol, "one");
  const answered = event<Event & { data: string }>(socket, "message");
  socket.send("ping");
  assert.equal((await answered).data, "ping");
  const closed = event(socket, "close");
  socket.close();
  await closed;
  assert.equal(proxied.connects(`plain.test:${plain}`), before + 1);
});

test("wss: checks the certificate", async () => {
  const socket = open(`wss://secure.test:${secure}/`);
  await event(socket, "error");
  assert.ok(proxied.connects(`secure.test:${secure}`) > 0);
});

test("static members, subclasses and errors are those of the class underneath", async () => {
  assert.equal((RWebSocket as never as { OPEN: number }).OPEN, 1);
  assert.equal(RWebSocket.name, "WebSocket");
  assert.throws(() => open("no url"), { name: "SyntaxError" });
  assert.throws(() => new (RWebSocket as never as new () => object)(), TypeError);
  class Derived extends (RWebSocket as never as new (url: string) => Socket) {}
  const derived = new Derived(`ws://plain.test:${plain}/`);
  assert.ok(derived instanceof Derived && derived instanceof RWebSocket);
  await event(derived, "open");
  derived.close();
  assert.throws(() => open(`ws://plain.test:${plain}/`, { dispatcher: {} }), {
    code: "ERR_SOCKS_DISPATCHER",
  });
});

/** What the 'error' event of a WebSocket tells. */
interface Failure extends Event {
  error: NodeJS.ErrnoException & { proxy?: string };
  message: string;
}

test("the error event has the reason, of the destination and of TLS", async () => {
  const refused = await event<Failure>(open(`ws://plain.test:${await freePort("127.0.0.1")}/`), "error");
  assert.ok(refused.error instanceof SocksError);
  assert.deepEqual([refused.error.code, refused.error.proxy], ["ECONNREFUSED", proxied.sockd.url]);
  assert.equal(refused.message, refused.error.message);
  const socket = open(`wss://secure.test:${secure}/`) as Socket & { onerror: (event: Failure) => void };
  const told = await new Promise<Failure>((resolve) => (socket.onerror = resolve));
  assert.equal(told.error.code, "UNABLE_TO_VERIFY_LEAF_SIGNATURE");
});

test("a server that answers, but not with a WebSocket, is no failure to connect", async () => {
  const { error } = await event<Failure>(open(`ws://plain.test:${refusing}/`), "error");
  assert.ok(!(error instanceof SocksError));
});

for (const major of supportedMajors)
  test(`the error event has the reason on Node ${major}, too`, () => {
    const program = `
      const { RWebSocket, SOCKSinit } = require("@tsocksify/runtime");
      SOCKSinit("test", { proxy: "socks5://127.0.0.1:1" });
      new RWebSocket("ws://plain.test/").addEventListener("error", ({ error: { code, proxy } }) => console.log(code, proxy));`;
    const output = execFileSync(nodeBinary(major), ["--no-warnings", "-e", program], {
      encoding: "utf8",
      cwd: __dirname,
      env: { ...process.env, NODE_OPTIONS: "" },
    });
    assert.equal(output, "ECONNREFUSED socks5://127.0.0.1:1\n");
  });

test("an EventSource goes through the proxy", async () => {
  const before = proxied.connects(`plain.test:${plain}`);
  const source = new REventSource(`http://plain.test:${plain}/`) as never as EventTarget & { close(): void };
  const message = await event<Event & { data: string; lastEventId: string }>(source, "greeting");
  assert.equal(message.data, "hello");
  source.close();
  assert.ok(proxied.connects(`plain.test:${plain}`) > before);
});

test("where neither Node nor an installed undici has such a class, the error says which Node has", () => {
  const program = `
    const Module = require("node:module");
    const resolve = Module._resolveFilename;
    Module._resolveFilename = (name, ...rest) => resolve(name === "undici" ? "@absent/undici" : name, ...rest);
    const { RWebSocket, REventSource } = require("@tsocksify/runtime");
    for (const [Class, name] of [[RWebSocket, "WebSocket"], [REventSource, "EventSource"]]) {
      delete globalThis[name];
      try { new Class("ws://plain.test/"); } catch ({ code, message }) { console.log(code, message); }
    }`;
  const output = execFileSync(process.execPath, ["--no-warnings", "-e", program], {
    encoding: "utf8",
    cwd: __dirname,
    env: { ...process.env, NODE_OPTIONS: "" },
  });
  assert.match(output, /^ERR_SOCKS_UNDICI Node v\d+\S* has no WebSocket.*Node 22/);
  assert.match(output, /\nERR_SOCKS_UNDICI Node v\d+\S* has no EventSource.*--experimental-eventsource/);
});
