import assert from "node:assert/strict";
import { once } from "node:events";
import http from "node:http";
import net from "node:net";
import tls from "node:tls";
import { test } from "node:test";
import { Rconnect, Rdispatch, Rfetch, Rlisten, RWebSocket, Rnet, Rtls } from "@tsocksify/runtime";
import { Proxied } from "./support/proxied.js";

const proxied = new Proxied();

test("a socket that types did not know connects through the proxy, and is returned itself", async () => {
  const port = await proxied.listen(net.createServer((socket) => socket.end("hello")));
  const socket: unknown = new net.Socket();
  const connected: net.Socket = Rdispatch(socket as net.Socket).connect(port, "plain.test");
  assert.equal(connected, socket);
  const [data] = (await once(connected, "data")) as [Buffer];
  assert.equal(data.toString(), "hello");
  assert.equal(proxied.connects(`plain.test:${port}`), 1);
});

test("call and bind go through the proxy as well, on the receiver that they are given", async () => {
  const port = await proxied.listen(net.createServer((socket) => socket.end("hello")));
  const first = new net.Socket();
  const second = new net.Socket();
  // `call` sees the last overload of connect only, which is not the one meant.
  (Rdispatch(first).connect as (port: number, host: string) => net.Socket).call(second, port, "plain.test");
  assert.equal(first.connecting, false);
  await once(second, "connect");
  Rdispatch(first).connect.bind(first)(port, "plain.test");
  await once(first, "connect");
  first.destroy();
  second.destroy();
  assert.equal(proxied.connects(`plain.test:${port}`), 2);
});

test("an override of connect is called, with the object itself as its receiver", () => {
  class Line extends net.Socket {
    #dials: unknown[] = [];
    override connect(...args: unknown[]): this {
      this.#dials.push(args);
      return this;
    }
    get dials() {
      return this.#dials;
    }
  }
  const line = new Line();
  assert.equal(Rdispatch(line).connect(80), line);
  assert.deepEqual(line.dials, [[80]]);
});

test("a method that is taken is what it was then, and stays an override's own", () => {
  const calls: string[] = [];
  class Line extends net.Socket {
    override connect(...args: unknown[]): this {
      calls.push(`line ${String(args[0])}`);
      return this;
    }
  }
  const wrap = (socket: net.Socket, name: string, take: (socket: net.Socket) => net.Socket["connect"]) => {
    const before = take(socket) as (...args: unknown[]) => net.Socket;
    const put = function (this: net.Socket, ...args: unknown[]): net.Socket {
      calls.push(`${name} ${this === socket}`);
      return before.apply(this, args);
    };
    socket.connect = Object.assign(put, { isWrapped: true }) as never;
  };
  const line = new Line();
  wrap(line, "of", Rconnect.of);
  wrap(line, "dispatch", (socket) => Rdispatch(socket).connect);
  wrap(line, "optional", (socket) => Rconnect.of(socket as net.Socket | undefined)!);
  Rconnect(line, 80);
  assert.deepEqual(calls, ["optional true", "dispatch true", "of true", "line 80"]);
  assert.equal((Rconnect.of(line) as never as { isWrapped: boolean }).isWrapped, true);
  assert.equal(Rconnect.of({ connect: undefined }), undefined);

  const listens: unknown[] = [];
  const server = net.createServer();
  server.listen = ((...args: unknown[]) => listens.push(args)) as never;
  const listen = Rlisten.of(server);
  server.listen = (() => assert.fail("it is assigned later")) as never;
  listen(80);
  assert.deepEqual(listens, [[80]]);
});

test("a server listens, and says where", async () => {
  const server = net.createServer();
  Rdispatch(server).listen(0, "127.0.0.1");
  await once(server, "listening");
  assert.deepEqual(Rdispatch(server).address(), server.address());
  server.close();
});

test("a module of Node becomes the R-module, however it was imported", async () => {
  assert.equal(Rdispatch(net), Rnet);
  // Not as this file is compiled, with a require.
  const load = new Function("return import('node:net')") as () => Promise<typeof net>;
  assert.equal(Rdispatch(await load()), Rnet);
  assert.equal(Rdispatch(tls), Rtls);
});

test("an agent of Node's own dials through the proxy from then on", async () => {
  const server = http.createServer((_, response) => response.end("hello"));
  const port = await proxied.listen(server);
  const agent = new http.Agent();
  assert.equal(Rdispatch(agent), agent);
  const request = http.get({ agent, host: "plain.test", port });
  const [response] = (await once(request, "response")) as [http.IncomingMessage];
  response.resume();
  await once(response, "end");
  agent.destroy();
  assert.equal(proxied.connects(`plain.test:${port}`), 1);
});

test("anything else is what it was", () => {
  const client = { connect: (port: number) => port };
  assert.equal(Rdispatch(client), client);
  assert.equal(Rdispatch(client).connect(80), 80);
  for (const value of [undefined, null, 0, "net", net.connect]) assert.equal(Rdispatch(value), value);
});

test("the global object is a view with the R-forms, and whatever else it has", () => {
  const scope = Rdispatch(globalThis);
  assert.equal(scope.fetch, Rfetch);
  assert.equal(scope.WebSocket, RWebSocket);
  assert.equal(scope.Map, Map);
  assert.equal("fetch" in scope, true);
  assert.equal(scope.parseInt("7"), 7);
});
