import assert from "node:assert/strict";
import { once } from "node:events";
import net from "node:net";
import { after, before, test } from "node:test";
import tls from "node:tls";
import { Worker } from "node:worker_threads";
import { SOCKSinit, type GuardReport, type SocksOptions } from "@tsocksify/runtime";
import { createSockd, type Sockd } from "tsocksify/sockd";

const runtime = JSON.stringify(require.resolve("@tsocksify/runtime"));

/** What a worker says of a connection: what it read, or why there is none, and what its guard saw. */
interface Said {
  read?: string;
  code?: string;
  message?: string;
  guard: GuardReport;
}

/** The program of a worker, which ends in a connection whose fate it tells. */
const program = (connecting: string): string => `
const { parentPort, workerData } = require("node:worker_threads");
const net = require("node:net");
const { Rconnect, SOCKSinit, SOCKSreport } = require(${runtime});
const say = (said) => parentPort.postMessage({ ...said, guard: SOCKSreport() });
const fail = ({ code, message }) => say({ code, message });
try {
  ${connecting}.on("data", (bytes) => say({ read: String(bytes) })).on("error", fail);
} catch (error) {
  fail(error);
}`;

const proxied = program('Rconnect(workerData.port, "service.test")');

let sockd: Sockd;
let service: net.Server;
let port: number;

before(async () => {
  sockd = await createSockd({ hosts: { "service.test": "127.0.0.1" } }).listen();
  service = net.createServer((socket) => socket.end("hello")).listen(0, "127.0.0.1");
  await once(service, "listening");
  port = (service.address() as net.AddressInfo).port;
});

after(async () => {
  service.close();
  await sockd.close({ grace: 0 });
});

async function said(options: SocksOptions, code = proxied, later?: SocksOptions): Promise<Said> {
  SOCKSinit("main", options);
  const worker = new Worker(code, { eval: true, workerData: { port }, env: { PATH: process.env.PATH } });
  if (later) SOCKSinit("main", later);
  try {
    return ((await once(worker, "message")) as [Said])[0];
  } finally {
    await worker.terminate();
    SOCKSinit("main", { guard: "off" });
  }
}

test("a worker thread has the configuration of the thread that started it", async () => {
  for (const proxy of [sockd.url, new URL(sockd.url), [{ host: "127.0.0.1", port: sockd.address().port }]]) {
    const before = sockd.counters.accepted;
    const { read, guard } = await said({ proxy });
    assert.deepEqual([read, guard.mode, sockd.counters.accepted], ["hello", "off", before + 1]);
  }
});

test("as it was when the worker began", async () => {
  const { read } = await said({ proxy: sockd.url }, proxied, { proxy: "socks5://127.0.0.1:1" });
  assert.equal(read, "hello");
});

test("what the worker says itself comes first", async () => {
  const { code } = await said(
    { proxy: sockd.url },
    `require(${runtime}).SOCKSinit("worker", { proxy: "socks5://127.0.0.1:1" }); ${proxied}`,
  );
  assert.equal(code, "ECONNREFUSED");
});

test("a worker of a worker has it, too", async () => {
  const nested = `
const { parentPort, workerData, Worker } = require("node:worker_threads");
const worker = new Worker(${JSON.stringify(proxied)}, { eval: true, workerData });
worker.on("message", (said) => parentPort.postMessage(said));`;
  assert.equal((await said({ proxy: sockd.url }, nested)).read, "hello");
});

test("the guard watches in a worker from the beginning", async () => {
  const direct = program('net.connect(workerData.port, "127.0.0.1")');
  const { code: refused, guard } = await said({ proxy: sockd.url, guard: "kill" }, direct);
  assert.deepEqual([refused, guard.mode, guard.direct], ["EACCES", "kill", 1]);
});

test("what cannot be passed on leaves a worker without a configuration, and says so", async () => {
  const secureContext = tls.createSecureContext();
  const { code, message } = await said({ proxy: { host: "127.0.0.1", tls: { secureContext } } });
  assert.equal(code, "ESOCKSBADCONF");
  assert.match(message!, /Call SOCKSinit\(name, options\) in the worker/);
});
