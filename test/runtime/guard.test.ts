import assert from "node:assert/strict";
import dgram from "node:dgram";
import diagnostics from "node:diagnostics_channel";
import dns from "node:dns";
import { once } from "node:events";
import http from "node:http";
import net from "node:net";
import { after, before, beforeEach, test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import tls from "node:tls";
import { promisify } from "node:util";
import { Worker } from "node:worker_threads";
import { Rconnect, Rfetch, Rhttp, SOCKSinit, SOCKSreport, type Incident } from "@tsocksify/runtime";

// The proxy lives in a thread of its own: what it dials is none of this one's.
const thread = `
  const { parentPort, workerData } = require("node:worker_threads");
  const { createSockd } = require(workerData);
  createSockd({ hosts: { "plain.test": "127.0.0.1" } }).listen().then(({ url }) => parentPort.postMessage(url));`;

let proxy: string;
let worker: Worker;
let accepted = 0;
let port: number;
const server = http.createServer((_, response) => response.end("hello"));

before(async () => {
  worker = new Worker(thread, { eval: true, workerData: require.resolve("tsocksify/sockd") });
  [proxy] = (await once(worker, "message")) as [string];
  server.on("connection", () => accepted++).listen(0, "127.0.0.1");
  await once(server, "listening");
  ({ port } = server.address() as net.AddressInfo);
});
after(async () => {
  SOCKSinit("test", { proxy, guard: "off" });
  server.closeAllConnections();
  server.close();
  await worker.terminate();
});
// The warnings are the subject of one test only.
process.removeAllListeners("warning");
beforeEach(() => void process.removeAllListeners("warning"));

const guard = (mode: "report" | "kill") => SOCKSinit("test", { proxy, guard: mode, noProxy: "127.0.0.2" });

/** The incident that `act` causes; there must be exactly one of this kind. */
async function incident(kind: Incident["kind"], act: () => Promise<unknown>): Promise<Incident> {
  const before = SOCKSreport().incidents.length;
  await act().catch(() => {});
  await turn();
  const found = SOCKSreport()
    .incidents.slice(before)
    .filter((incident) => incident.kind === kind);
  assert.equal(found.length, 1, JSON.stringify(found));
  return found[0]!;
}

async function connected(socket: net.Socket): Promise<void> {
  try {
    await once(socket, "connect");
  } finally {
    socket.destroy();
  }
}

/** An answer through the proxy. Who has connected to the server before has been accepted by then. */
async function answered(): Promise<void> {
  const request = Rhttp.get(`http://plain.test:${port}/`, { agent: false });
  const [response] = (await once(request, "response")) as [http.IncomingMessage];
  response.resume();
}

/** Ways to a connection that were never compiled. */
const direct: { [way: string]: () => Promise<unknown> } = {
  "net.connect": () => connected(net.connect(port, "127.0.0.1")),
  "socket.connect": () => connected(new net.Socket().connect(port, "127.0.0.1")),
  "net.connect to a name, trying its addresses": () => connected(net.connect(port, "localhost")),
  "tls.connect": () => connected(tls.connect(port, "127.0.0.1")),
  "http.get": () => once(http.get({ host: "127.0.0.1", port, agent: false }), "response"),
  fetch: () => fetch(`http://127.0.0.1:${port}/${Math.random()}`, { headers: { connection: "close" } }),
};

test("what comes through us is counted as proxied, and is no incident", async () => {
  guard("report");
  await connected(Rconnect(port, "plain.test"));
  await (await Rfetch(`http://plain.test:${port}/`)).text();
  await answered();
  const { proxied, direct, allowed, queries, incidents } = SOCKSreport();
  assert.deepEqual({ proxied, direct, allowed, queries }, { proxied: 3, direct: 0, allowed: 0, queries: 0 });
  assert.deepEqual(incidents, []);
});

test("what a rule makes direct is counted as allowed", async () => {
  guard("report");
  await connected(Rconnect(port, "127.0.0.2")).catch(() => {});
  const { allowed, direct } = SOCKSreport();
  assert.deepEqual({ allowed, direct }, { allowed: 1, direct: 0 });
});

for (const [way, dial] of Object.entries(direct)) {
  test(`report: ${way} is an incident, with its destination`, async () => {
    guard("report");
    const found = await incident("tcp", dial);
    assert.equal(found.port, port);
    assert.equal(found.killed, false);
    if (way !== "fetch") assert.match(found.at!, /guard\.test\.ts:\d+:\d+$/);
    assert.equal(SOCKSreport().direct, 1);
  });

  test(`kill: ${way} fails with EACCES, and the server sees nothing`, async () => {
    guard("kill");
    await answered();
    const before = accepted;
    await assert.rejects(dial(), (error: NodeJS.ErrnoException & { cause?: NodeJS.ErrnoException }) => {
      assert.equal((error.cause ?? error).code, "EACCES");
      return true;
    });
    // What goes through the proxy still works, and is the only one.
    await answered();
    assert.equal(accepted, before + 1);
    assert.ok(SOCKSreport().incidents.every(({ killed }) => killed));
  });
}

test("a datagram is an incident, and with kill it is not sent", async () => {
  SOCKSinit("test", { proxy, guard: "off" });
  const receiver = dgram.createSocket("udp4").bind(0, "127.0.0.1");
  await once(receiver, "listening");
  const { port: to } = receiver.address();
  let received = 0;
  receiver.on("message", () => received++);
  const send = async () => {
    const sender = dgram.createSocket("udp4");
    try {
      await new Promise<void>((resolve, reject) => {
        sender.on("error", reject);
        sender.send("x", to, "127.0.0.1", (error) => (error ? reject(error) : resolve()));
      });
    } finally {
      sender.close();
    }
  };
  guard("report");
  const found = await incident("udp", send);
  assert.equal(found.port, to);
  assert.match(found.at!, /guard\.test\.ts/);
  await once(receiver, "message").catch(() => {});
  guard("kill");
  await assert.rejects(send(), { code: "EACCES" });
  await turn();
  assert.equal(SOCKSreport().datagrams, 1);
  SOCKSinit("test", { proxy });
  receiver.close();
});

test("DNS queries are incidents; resolve* are stopped, lookups reported", async () => {
  const resolver = new dns.promises.Resolver({ timeout: 50, tries: 1 });
  resolver.setServers(["127.0.0.1:9"]);
  guard("report");
  assert.equal((await incident("dns", () => resolver.resolve4("query.invalid"))).address, "query.invalid");
  guard("kill");
  await assert.rejects(resolver.resolve4("query.invalid"), { code: "EREFUSED" });
  await assert.rejects(promisify(dns.resolveMx)("query.invalid"), { code: "EREFUSED" });
  const found = await incident("dns", () => dns.promises.lookup("lookup.invalid"));
  assert.equal(found.address, "lookup.invalid");
  assert.equal(found.killed, false);
  assert.equal(SOCKSreport().queries, 3);
});

test("each incident is a process warning and a message on a diagnostics channel", async () => {
  guard("report");
  const warned = once(process, "warning") as Promise<[Error & { code: string }]>;
  const messages: unknown[] = [];
  const listen = (message: unknown) => messages.push(message);
  diagnostics.subscribe("tsocksify:guard", listen);
  await connected(net.connect(port, "127.0.0.1"));
  diagnostics.unsubscribe("tsocksify:guard", listen);
  const [warning] = await warned;
  assert.equal(warning.name, "SocksGuardWarning");
  assert.equal(warning.code, "ESOCKSDIRECT");
  assert.match(warning.message, new RegExp(`127\\.0\\.0\\.1:${port}.*guard\\.test\\.ts`));
  assert.equal(messages.length, 1);
});

test("a SOCKSinit that does not mention the guard leaves it as it is, with its counts", async () => {
  guard("kill");
  await assert.rejects(connected(net.connect(port, "127.0.0.1")), { code: "EACCES" });
  SOCKSinit("test", { proxy });
  await assert.rejects(connected(net.connect(port, "127.0.0.1")), { code: "EACCES" });
  assert.throws(() => SOCKSinit("test", { proxy: "gopher://x" }), { code: "ESOCKSBADCONF" });
  await assert.rejects(connected(net.connect(port, "127.0.0.1")), { code: "EACCES" });
  assert.deepEqual([SOCKSreport().mode, SOCKSreport().direct], ["kill", 3]);
});

test("a guard that is misspelt is no guard, and an error", () => {
  guard("kill");
  assert.throws(() => SOCKSinit("test", { proxy, guard: "Kill" as "kill" }), {
    code: "ESOCKSBADCONF",
    message: /guard is "Kill".*off, report, kill/,
  });
  assert.equal(SOCKSreport().mode, "kill");
});

test('"off" ends the guard, and nothing of it is left', async () => {
  guard("kill");
  SOCKSinit("test", { proxy, guard: "off" });
  await connected(net.connect(port, "127.0.0.1"));
  assert.equal(SOCKSreport().mode, "off");
  assert.equal(diagnostics.channel("net.client.socket").hasSubscribers, false);
  assert.equal(diagnostics.channel("udp.socket").hasSubscribers, false);
});
