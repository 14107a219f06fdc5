import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { test, type TestContext } from "node:test";
import { bareClient, ended, port16, sockd } from "./support";

const bind5 = (address: number[], port = 0) => [5, 1, 0, 5, 2, 0, 1, ...address, ...port16(port)];
const loopback = [127, 0, 0, 1];
/** A peer that connects to a BIND's port. The end of the test may reset it. */
function peerAt(t: TestContext, port: number, host = "127.0.0.1", localAddress?: string): Socket {
  const peer = connect({ port, host, ...(localAddress && { localAddress }) });
  t.after(() => peer.destroy());
  return peer.on("error", () => {});
}

const portOf = (reply: number[], at: number) => (reply[at]! << 8) | reply[at + 1]!;

test("BIND answers twice: where it listens, then who came", async (t) => {
  const server = await sockd(t);
  const client = await bareClient(t, server);
  const first = (await client.send(bind5(loopback)).take(12)).slice(2);
  assert.deepEqual(first.slice(0, 8), [5, 0, 0, 1, ...loopback]);
  const peer = peerAt(t, portOf(first, 8));
  await once(peer, "connect");
  const second = await client.take(10);
  assert.deepEqual(second.slice(0, 8), [5, 0, 0, 1, ...loopback]);
  assert.equal(portOf(second, 8), peer.localPort);
  peer.end("from the peer");
  client.socket.end("from the client");
  const [data] = (await once(peer, "data")) as [Buffer];
  assert.equal(String(data), "from the client");
  assert.equal(Buffer.from(await client.rest()).toString(), "from the peer");
  assert.deepEqual(server.counters.binds, { "127.0.0.1:0": 1 });
});

test("BIND takes one connection only", async (t) => {
  const client = await bareClient(t, await sockd(t));
  const first = await client.send(bind5(loopback)).take(12);
  const port = portOf(first, 10);
  peerAt(t, port);
  await client.take(10);
  const [error] = (await once(connect({ port, host: "127.0.0.1" }), "error")) as [NodeJS.ErrnoException];
  assert.equal(error.code, "ECONNREFUSED");
});

test("a BIND for 0.0.0.0 takes anyone", async (t) => {
  const client = await bareClient(t, await sockd(t));
  const first = await client.send(bind5([0, 0, 0, 0])).take(12);
  peerAt(t, portOf(first, 10), "127.0.0.1", "127.0.0.7");
  assert.deepEqual((await client.take(10)).slice(0, 8), [5, 0, 0, 1, 127, 0, 0, 7]);
});

for (const { version, send, expected } of [
  { version: 5, send: bind5([127, 0, 0, 9]), expected: [5, 2, 0, 1, 0, 0, 0, 0, 0, 0] },
  { version: 4, send: [4, 2, 0, 0, 127, 0, 0, 9, 0], expected: [0, 91, 0, 0, 0, 0, 0, 0] },
]) {
  test(`SOCKS${version}: another peer than the expected one is turned away`, async (t) => {
    const client = await bareClient(t, await sockd(t));
    const head = version === 5 ? 12 : 8;
    const first = await client.send(send).take(head);
    peerAt(t, portOf(first, version === 5 ? 10 : 2));
    assert.deepEqual(await client.rest(), expected);
  });
}

test("SOCKS4 BIND answers 90 twice", async (t) => {
  const client = await bareClient(t, await sockd(t));
  const first = await client.send([4, 2, 0, 0, ...loopback, 0]).take(8);
  assert.deepEqual(first.slice(0, 2), [0, 90]);
  const peer = peerAt(t, portOf(first, 2));
  peer.end("hi");
  const second = await client.take(8);
  assert.deepEqual([second[1], portOf(second, 2)], [90, peer.localPort]);
  assert.equal(Buffer.from(await client.take(2)).toString(), "hi");
});

test("a BIND nobody answers is REP 6 after the bind timeout", async (t) => {
  const client = await bareClient(t, await sockd(t, { bindTimeout: 50 }));
  await client.send(bind5(loopback)).take(12);
  assert.deepEqual((await client.rest()).slice(0, 2), [5, 6]);
});

test("a client that gives up waiting frees the port", async (t) => {
  const server = await sockd(t);
  const client = await bareClient(t, server);
  const first = await client.send(bind5(loopback)).take(12);
  client.socket.end();
  await ended(server);
  const [error] = (await once(connect(portOf(first, 10), "127.0.0.1"), "error")) as [NodeJS.ErrnoException];
  assert.equal(error.code, "ECONNREFUSED");
});

test("with bindRequestedPort, BND.PORT is DST.PORT, and a taken one fails", async (t) => {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  const server = await sockd(t, { bindRequestedPort: true });
  const refused = await bareClient(t, server);
  assert.deepEqual((await refused.send(bind5(loopback, port)).rest()).slice(2, 4), [5, 1]);
  probe.close();
  await once(probe, "close");
  const client = await bareClient(t, server);
  assert.equal(portOf(await client.send(bind5(loopback, port)).take(12), 10), port);
});

test("bindAddress is answered as it is", async (t) => {
  const client = await bareClient(t, await sockd(t, { bindAddress: "0.0.0.0" }));
  const first = await client.send(bind5(loopback)).take(12);
  assert.deepEqual(first.slice(2, 10), [5, 0, 0, 1, 0, 0, 0, 0]);
});

test("a BIND for an IPv6 peer listens on IPv6", async (t) => {
  const server = await sockd(t, {}, "::1");
  const client = await bareClient(t, server);
  const v6 = [...Array<number>(15).fill(0), 1];
  const first = (await client.send([5, 1, 0, 5, 2, 0, 4, ...v6, 0, 0]).take(24)).slice(2);
  assert.deepEqual(first.slice(0, 20), [5, 0, 0, 4, ...v6]);
  peerAt(t, portOf(first, 20), "::1");
  assert.deepEqual((await client.take(22)).slice(0, 20), [5, 0, 0, 4, ...v6]);
});

test("a BIND for a destination outside the rules is REP 2", async (t) => {
  const client = await bareClient(t, await sockd(t, { deny: ["127.0.0.1"] }));
  assert.deepEqual((await client.send(bind5(loopback)).rest()).slice(2, 4), [5, 2]);
});
