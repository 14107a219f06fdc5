import assert from "node:assert/strict";
import { once } from "node:events";
import http from "node:http";
import https from "node:https";
import type net from "node:net";
import { before, test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import type tls from "node:tls";
import { Rconnect, Rhttp, Rhttps, Rtls } from "@tsocksify/runtime";
import * as certificates from "./support/certificates";
import { Proxied } from "./support/proxied";
import { text } from "./support/text";

const { ca } = certificates;
const proxied = new Proxied();
let port: number;

before(async () => {
  const options = {
    ...certificates.server,
    ca,
    requestCert: true,
    rejectUnauthorized: false,
    sessionIdContext: "t",
  };
  port = await proxied.listen(
    https.createServer(options, async (request, response) => {
      const socket = request.socket as tls.TLSSocket & { servername: string };
      const { servername, authorized, remotePort } = socket;
      const reused = socket.isSessionReused();
      response.end(JSON.stringify({ servername, authorized, remotePort, reused, body: await text(request) }));
    }),
  );
});

interface Told {
  servername: string | false;
  authorized: boolean;
  remotePort: number;
  reused: boolean;
  body: string;
}

async function answer(request: http.ClientRequest, body?: string): Promise<Told> {
  request.end(body);
  const [response] = (await once(request, "response")) as [http.IncomingMessage];
  const told = JSON.parse(await text(response)) as Told;
  await turn();
  return told;
}

const to = (options: https.RequestOptions = {}): https.RequestOptions => ({
  host: "secure.test",
  port,
  ca,
  ...options,
});

test("every argument form of https.request and https.get works", async () => {
  const url = `https://secure.test:${port}/`;
  const before = proxied.connects(`secure.test:${port}`);
  const forms = [
    () => Rhttps.request(to()),
    () => Rhttps.request(url, { ca }),
    () => Rhttps.request(new URL(url), { ca }),
    () => Rhttps.get(url, { ca }),
    () => Rhttps.get(to()),
  ];
  for (const form of forms) assert.equal((await answer(form())).servername, "secure.test");
  assert.ok(proxied.connects(`secure.test:${port}`) > before);
});

test("connections are kept alive, and a new one resumes the session", async () => {
  const agent = new Rhttps.Agent({ keepAlive: true });
  const first = await answer(Rhttps.request(to({ agent })));
  const second = await answer(Rhttps.request(to({ agent })));
  assert.equal(second.remotePort, first.remotePort);
  agent.destroy();
  await turn();
  const third = await answer(Rhttps.request(to({ agent })));
  assert.notEqual(third.remotePort, first.remotePort);
  assert.equal(third.reused, true);
  agent.destroy();
});

test("the name is checked, and different certificates are different pools", async () => {
  const refused = Rhttps.request(to({ host: "plain.test" })).end();
  const [error] = (await once(refused, "error")) as [NodeJS.ErrnoException];
  assert.equal(error.code, "ERR_TLS_CERT_ALTNAME_INVALID");
  const agent = new Rhttps.Agent({ keepAlive: true });
  const anonymous = await answer(Rhttps.request(to({ agent })));
  const known = await answer(Rhttps.request(to({ agent, ...certificates.client })));
  assert.equal(anonymous.authorized, false);
  assert.equal(known.authorized, true);
  assert.notEqual(known.remotePort, anonymous.remotePort);
  agent.destroy();
});

test("servername in the options is what the server is asked for", async () => {
  const told = await answer(Rhttps.request(to({ servername: "other.test", agent: false })));
  assert.equal(told.servername, "other.test");
});

test("agents of Node's own, of libraries, and agent: false dial through the proxy", async () => {
  class Library extends https.Agent {
    override createConnection(...args: Parameters<https.Agent["createConnection"]>) {
      return super.createConnection(...args);
    }
  }
  class Derived extends Rhttps.Agent {}
  const agents = [
    false,
    https.globalAgent,
    new https.Agent(),
    new Library(),
    new Derived(),
    new Rhttps.Agent(),
  ];
  for (const agent of agents) {
    const before = proxied.connects();
    assert.equal(
      (await answer(Rhttps.request(to({ agent: agent as https.Agent, method: "POST" })), "body")).body,
      "body",
    );
    assert.ok(agent === https.globalAgent || proxied.connects() === before + 1);
  }
  assert.ok(new Derived() instanceof https.Agent && new Derived() instanceof http.Agent);
  assert.ok(new Derived() instanceof Rhttp.Agent);
});

test("TLS runs over a socket of the caller's own, connected or not yet", async () => {
  for (const wait of [true, false]) {
    const socket = Rconnect(port, "secure.test");
    if (wait) await once(socket, "connect");
    const request = Rhttps.request(to({ socket, agent: new Rhttps.Agent(), method: "POST" } as never));
    assert.equal((await answer(request, "body")).body, "body");
  }
});

test("a createConnection of the caller's own is asked", async () => {
  let asked = 0;
  const createConnection = (options: object): net.Socket => {
    asked++;
    return Rtls.connect({ ...(options as tls.ConnectionOptions), servername: "secure.test" });
  };
  await answer(Rhttps.request(to({ createConnection: createConnection as never })));
  assert.equal(asked, 1);
});

test("http and https keep to their protocols", () => {
  assert.throws(() => Rhttps.request(to({ protocol: "http:" })), { code: "ERR_INVALID_PROTOCOL" });
  assert.throws(() => Rhttps.request(to({ agent: new http.Agent() })), { code: "ERR_INVALID_PROTOCOL" });
});
