import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { test, type TestContext } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { Sockd, SockdOptions } from "tsocksify/sockd";
import { bareClient, listen, port16, sockd, ended, type BareClient } from "./support";

/** A client that is connected through a new SOCKS server to `onConnection`. */
async function connected(
  t: TestContext,
  onConnection: (socket: Socket) => void,
  options: SockdOptions = {},
): Promise<{ client: BareClient; server: Sockd }> {
  const target = await listen(t, onConnection, { allowHalfOpen: true });
  const server = await sockd(t, options);
  const client = await bareClient(t, server);
  client.send([5, 1, 0, 5, 1, 0, 1, 127, 0, 0, 1, ...port16(target.port)]);
  assert.deepEqual((await client.take(12)).slice(0, 4), [5, 0, 5, 0]);
  return { client, server };
}

test("what a client sends ahead of the replies arrives after them, also with the end of its stream", async (t) => {
  const received: Buffer[] = [];
  const target = await listen(
    t,
    (socket) => {
      socket.on("data", (chunk) => received.push(chunk));
      socket.on("end", () => socket.end(Buffer.concat(received)));
    },
    { allowHalfOpen: true },
  );
  const client = await bareClient(t, await sockd(t));
  const request = [5, 1, 0, 5, 1, 0, 1, 127, 0, 0, 1, ...port16(target.port)];
  client.socket.end(Buffer.concat([Uint8Array.from(request), Buffer.from("early")]));
  await client.take(12);
  assert.equal(Buffer.from(await client.rest()).toString(), "early");
});

test("the client's end leaves the other direction open", async (t) => {
  const { client } = await connected(t, (socket) => {
    socket.resume().on("end", () => setTimeout(() => socket.end("after your end"), 30));
  });
  client.socket.end("request");
  assert.equal(Buffer.from(await client.rest()).toString(), "after your end");
});

test("the peer's end leaves the other direction open", async (t) => {
  let received = "";
  let onEnd: () => void;
  const end = new Promise<void>((resolve) => (onEnd = resolve));
  const { client } = await connected(t, (socket) => {
    socket.end("bye").on("data", (chunk) => (received += String(chunk)));
    socket.on("end", onEnd);
  });
  assert.equal(Buffer.from(await client.rest()).toString(), "bye");
  client.socket.end("still here");
  await end;
  assert.equal(received, "still here");
});

test("16 MB arrive whole in both directions, and the counters know them", async (t) => {
  const payload = randomBytes(16 << 20);
  const digest = createHash("sha256").update(payload).digest("hex");
  const { client, server } = await connected(t, (socket) => socket.pipe(socket));
  const hash = createHash("sha256");
  client.socket.removeAllListeners("data").on("data", (chunk) => hash.update(chunk));
  client.socket.end(payload);
  await once(client.socket, "end");
  await ended(server);
  assert.equal(hash.digest("hex"), digest);
  assert.equal(server.counters.bytesUp, payload.length);
  assert.equal(server.counters.bytesDown, payload.length);
});

test("a reader that does not read stops its writer instead of filling the proxy's memory", async (t) => {
  const { client, server } = await connected(t, (socket) => socket.pause());
  const chunk = Buffer.alloc(1 << 20);
  let drained = true;
  client.socket.on("drain", () => (drained = true));
  // Kernel buffers on loopback take a few MB; a proxy without backpressure would take all 64.
  let sent = 0;
  for (; drained && sent < 64; sent++) {
    drained = client.socket.write(chunk);
    for (let waited = 0; !drained && waited < 500; waited += 10) await sleep(10);
  }
  assert.ok(sent < 64, "the writer was never stopped");
  const passed = server.sessions[0]!.bytesUp;
  assert.ok(passed < 32 << 20, `${passed} bytes went through the proxy`);
});

test("a reset of the peer is a reset of the client, not an end", async (t) => {
  const { client } = await connected(t, (socket) => {
    socket.write("partial", () => setTimeout(() => socket.resetAndDestroy(), 20));
  });
  await client.closed();
  assert.equal(client.error?.code, "ECONNRESET");
});

test("a reset of the client is a reset of the peer", async (t) => {
  let onReset: (code: string | undefined) => void;
  const reset = new Promise<string | undefined>((resolve) => (onReset = resolve));
  const { client } = await connected(t, (socket) => {
    socket.resume().on("error", (error: NodeJS.ErrnoException) => onReset(error.code));
  });
  client.socket.resetAndDestroy();
  assert.equal(await reset, "ECONNRESET");
});

test("a relay without traffic is closed after the idle timeout, one with traffic is not", async (t) => {
  const { client, server } = await connected(t, (socket) => socket.resume(), { idleTimeout: 150 });
  for (let i = 0; i < 5; i++) {
    client.send("x");
    await sleep(60);
    assert.equal(server.counters.open, 1);
  }
  await client.closed();
  assert.match(server.sessions[0]!.error!, /idle/);
});

test("close() lets a relay finish within the grace, and takes no new client", async (t) => {
  const { client, server } = await connected(t, (socket) => socket.pipe(socket));
  const { port } = server.address();
  const closing = server.close({ grace: 5000 });
  client.send("still");
  assert.equal(Buffer.from(await client.take(5)).toString(), "still");
  const [error] = (await once(connect(port, "127.0.0.1"), "error")) as [NodeJS.ErrnoException];
  assert.equal(error.code, "ECONNREFUSED");
  client.socket.end();
  await closing;
  assert.equal(server.counters.open, 0);
});

test("close() resets a relay that outlives the grace", async (t) => {
  const { client, server } = await connected(t, (socket) => socket.resume());
  await Promise.all([server.close({ grace: 50 }), client.closed()]);
  assert.equal(server.sessions[0]!.error, "the proxy stops");
});
