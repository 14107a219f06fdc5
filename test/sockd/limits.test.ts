import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { bareClient, blackHole, ended, listen, port16, sockd } from "./support";

test("a client that sends no request is closed after the handshake timeout", async (t) => {
  const server = await sockd(t, { handshakeTimeout: 50 });
  const client = await bareClient(t, server);
  client.send([5]);
  assert.deepEqual(await client.rest(), []);
  client.socket.destroy();
  await ended(server);
  assert.match(server.sessions[0]!.error!, /no request within 50 ms/);
});

test("one client more than allowed is closed at once", async (t) => {
  const server = await sockd(t, { maxSessions: 1 });
  await bareClient(t, server);
  const second = await bareClient(t, server);
  assert.deepEqual(await second.rest(), []);
  assert.equal(server.counters.open, 1);
});

test("a destination that does not answer is REP 6 after the connect timeout", async (t) => {
  const client = await bareClient(t, await sockd(t, { connectTimeout: 80 }));
  client.send([5, 1, 0, 5, 1, 0, 1, 127, 0, 0, 1, ...port16(await blackHole(t))]);
  assert.equal((await client.rest())[3], 6);
});

test("random bytes never crash it, and it serves the next client", async (t) => {
  const target = await listen(t, (socket) => socket.end("hello"));
  // Nothing random may be dialled.
  const server = await sockd(t, {
    allow: [`127.0.0.1:${target.port}`],
    handshakeTimeout: 200,
    bindTimeout: 100,
  });
  await Promise.all(
    Array.from({ length: 60 }, async (_, i) => {
      const client = await bareClient(t, server);
      const version = i % 3 === 0 ? [4] : i % 3 === 1 ? [5, 1, 0, 5] : [];
      client.socket.end(Buffer.concat([Uint8Array.from(version), randomBytes(1 + ((i * 37) % 700))]));
      await client.rest();
      client.socket.destroy();
    }),
  );
  await ended(server);
  assert.equal(server.counters.accepted, 60);
  const client = await bareClient(t, server);
  client.send([5, 1, 0, 5, 1, 0, 1, 127, 0, 0, 1, ...port16(target.port)]);
  assert.equal(Buffer.from((await client.rest()).slice(12)).toString(), "hello");
});

test("a client that goes away while its destination is dialled leaves nothing behind", async (t) => {
  const server = await sockd(t, { connectTimeout: 60_000 });
  const client = await bareClient(t, server);
  client.send([5, 1, 0, 5, 1, 0, 1, 127, 0, 0, 1, ...port16(await blackHole(t))]);
  await client.take(2);
  await sleep(20);
  client.socket.resetAndDestroy();
  await ended(server);
  assert.equal(server.sessions[0]!.peer, undefined);
});
