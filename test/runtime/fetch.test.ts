import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import http from "node:http";
import https from "node:https";
import type net from "node:net";
import { before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Rfetch, SOCKSinit, type SocksError } from "@tsocksify/runtime";
import * as certificates from "./support/certificates";
import { Proxied } from "./support/proxied";
import { scriptedProxy } from "./support/scripted-proxy";
import { text } from "./support/text";

const proxied = new Proxied();
let plain: number;
let other: number;
let secure: number;

const app: http.RequestListener = async (request, response) => {
  if (request.url === "/redirect") return response.writeHead(302, { location: "/moved" }).end();
  if (request.url === "/away")
    return response.writeHead(302, { location: `http://other.test:${other}/` }).end();
  if (request.url === "/stream") {
    response.write("first");
    setTimeout(() => response.end(" last"), 50);
    return;
  }
  if (request.url === "/never") return;
  const { remotePort } = request.socket as net.Socket;
  response.setHeader("content-type", "application/json");
  response.end(
    JSON.stringify({ url: request.url, method: request.method, remotePort, body: await text(request) }),
  );
};

before(async () => {
  plain = await proxied.listen(http.createServer(app));
  other = await proxied.listen(http.createServer(app));
  secure = await proxied.listen(https.createServer(certificates.server, app));
});

interface Told {
  url: string;
  method: string;
  remotePort: number;
  body: string;
}
const json = async (response: Response) => (await response.json()) as Told;

test("fetch returns a native Response, by way of the proxy", async () => {
  const before = proxied.connects(`plain.test:${plain}`);
  const response = await Rfetch(`http://plain.test:${plain}/path?x=1`);
  assert.ok(response instanceof Response);
  assert.equal(response.status, 200);
  assert.equal((await json(response)).url, "/path?x=1");
  assert.equal(proxied.connects(`plain.test:${plain}`), before + 1);
});

test("Rfetch has the name and the length of fetch", () => {
  assert.deepEqual([Rfetch.name, Rfetch.length], [fetch.name, fetch.length]);
});

test("URL, Request, init, bodies and headers are Node's own", async () => {
  const url = new URL(`http://plain.test:${plain}/post`);
  assert.equal((await json(await Rfetch(url, { method: "PUT", body: "hello" }))).body, "hello");
  const request = new Request(url, { method: "POST", body: new URLSearchParams({ a: "b" }) });
  assert.equal((await json(await Rfetch(request))).body, "a=b");
});

test("connections are kept alive, one pool for each origin", async () => {
  for (const origin of [`secure.test:${other}`, `secure.test:${plain}`]) {
    for (let i = 0; i < 3; i++) {
      await json(await Rfetch(`http://${origin}/`));
      // The connection is free again a few turns after its response was read.
      await sleep(20);
    }
    assert.equal(proxied.connects(origin), 1);
  }
});

test("redirects are followed through the proxy, also to another host", async () => {
  assert.equal((await json(await Rfetch(`http://plain.test:${plain}/redirect`))).url, "/moved");
  const before = proxied.connects(`other.test:${other}`);
  const response = await Rfetch(`http://plain.test:${plain}/away`);
  assert.equal(response.redirected, true);
  await response.text();
  assert.equal(proxied.connects(`other.test:${other}`), before + 1);
});

test("a response streams", async () => {
  const response = await Rfetch(`http://plain.test:${plain}/stream`);
  const chunks: string[] = [];
  for await (const chunk of response.body!) chunks.push(Buffer.from(chunk as Uint8Array).toString());
  assert.deepEqual(chunks, ["first", " last"]);
});

test("an AbortSignal ends it", async () => {
  const controller = new AbortController();
  const response = Rfetch(`http://plain.test:${plain}/never`, { signal: controller.signal });
  setTimeout(() => controller.abort(), 50);
  await assert.rejects(response, { name: "AbortError" });
});

test("TLS is checked against the name: an unknown authority is the cause of the TypeError", async () => {
  const failed = Rfetch(`https://secure.test:${secure}/`);
  await assert.rejects(failed, (error: TypeError & { cause: NodeJS.ErrnoException }) => {
    assert.ok(error instanceof TypeError);
    assert.match(error.cause.code!, /SELF_SIGNED|UNABLE_TO/);
    return true;
  });
});

test("the proxy's refusal is the cause of the TypeError, with destination and proxy", async () => {
  await assert.rejects(
    Rfetch("http://nowhere.test/"),
    (error: TypeError & { cause: NodeJS.ErrnoException }) => {
      assert.match(error.cause.code!, /EHOSTUNREACH|ECONNREFUSED/);
      assert.match(error.cause.message, /nowhere\.test:80/);
      assert.match((error.cause as never as { proxy: string }).proxy, /^socks5:/);
      return true;
    },
  );
});

test("how long a dial may take SOCKSinit says, and the error is the dial's", async (t) => {
  const silent = await scriptedProxy([]);
  SOCKSinit("test", { proxy: `socks5://${silent.url}`, timeout: 60_000 });
  t.mock.timers.enable({ apis: ["setTimeout"] });
  let failure: { cause: SocksError } | undefined;
  const fetched = Rfetch("http://plain.test/").catch(
    (error: unknown) => void (failure = error as typeof failure),
  );
  while (silent.open() === 0) await new Promise(setImmediate);
  // undici's own limit is 10 s.
  t.mock.timers.tick(59_000);
  await new Promise(setImmediate);
  assert.equal(failure, undefined);
  t.mock.timers.tick(1_000);
  await fetched;
  t.mock.timers.reset();
  SOCKSinit("test", { proxy: proxied.sockd.url });
  assert.deepEqual([failure!.cause.code, failure!.cause.proxy], ["ETIMEDOUT", `socks5://${silent.url}`]);
  await silent.close();
});

test("a dispatcher of the caller's own is refused: it would dial directly", async () => {
  const dispatcher = { dispatch: () => true };
  await assert.rejects(Rfetch(`http://plain.test:${plain}/`, { dispatcher } as never), {
    code: "ERR_SOCKS_DISPATCHER",
  });
});

test("another undici in the process, and its global dispatcher, stay as they are and out of the way", () => {
  const program = `
    const { Agent, getGlobalDispatcher, setGlobalDispatcher } = require("undici");
    const mine = new Agent({ connect: (_, callback) => callback(new Error("not through SOCKS")) });
    setGlobalDispatcher(mine);
    const { Rfetch, SOCKSinit } = require("@tsocksify/runtime");
    SOCKSinit("test", { proxy: "socks5://127.0.0.1:1" });
    Rfetch("http://plain.test/").catch(({ cause }) => console.log(cause.stage, getGlobalDispatcher() === mine));`;
  const output = execFileSync(process.execPath, ["--no-warnings", "-e", program], {
    encoding: "utf8",
    cwd: __dirname,
    env: { ...process.env, NODE_OPTIONS: "" },
  });
  assert.equal(output, "proxy true\n");
});

test("what needs no connection works without one", async () => {
  const before = proxied.connects();
  assert.equal(await (await Rfetch("data:text/plain,hello")).text(), "hello");
  assert.equal(proxied.connects(), before);
});
