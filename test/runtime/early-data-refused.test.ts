import assert from "node:assert/strict";
import { once } from "node:events";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Rconnect, SOCKSinit, SocksError, type SocksOptions } from "@tsocksify/runtime";
import { nothingLeftOver } from "./support/left-over";
import { scriptedProxy, type ScriptedProxy, type Step } from "./support/scripted-proxy";

/** Greeting without password, and the request for 192.0.2.1:80. */
const ASKED = [5, 1, 0, 5, 1, 0, 1, 192, 0, 2, 1, 0, 80];
const EARLY = [...Buffer.from("early")];
const METHOD = [5, 0];
const GRANTED = [5, 0, 0, 1, 127, 0, 0, 9, 0x12, 0x34];
const GRANT: Step[] = [{ expect: ASKED.length }, { send: [...METHOD, ...GRANTED] }];
const ASKED_WITH_DATA: Step = { expect: ASKED.length + EARLY.length };

const proxies: ScriptedProxy[] = [];
after(() => Promise.all(proxies.map((proxy) => proxy.close())));

/** A proxy that grants the first connection, and plays these scripts to those that follow. */
async function acquainted(...scripts: (readonly Step[])[]): Promise<ScriptedProxy> {
  const proxy = await scriptedProxy(GRANT, ...scripts);
  proxies.push(proxy);
  return proxy;
}

const init = (options: SocksOptions) => SOCKSinit("test", { earlyData: true, timeout: 5000, ...options });

interface Outcome {
  error: SocksError | undefined;
  /** What the callback of the write was given. */
  written: Error | null | undefined;
}

/** Connects, writes before there is a connection, and closes. */
async function connect(): Promise<Outcome> {
  const nothingLeft = nothingLeftOver();
  const socket = Rconnect(80, "192.0.2.1");
  const listeners = socket.eventNames();
  const written = new Promise<Error | null | undefined>((resolve) =>
    socket.write(Uint8Array.from(EARLY), resolve),
  );
  const error = await new Promise<SocksError | undefined>((resolve) => {
    socket.once("connect", resolve).once("error", resolve);
  });
  const outcome = { error, written: await written };
  socket.removeAllListeners("connect").removeAllListeners("error");
  assert.deepEqual(socket.eventNames(), listeners, "no listener of ours is left on the socket");
  socket.destroy();
  await nothingLeft();
  return outcome;
}

/** What the proxy has received on each connection; it may still be on its way. */
async function receives(proxy: ScriptedProxy, ...wanted: number[][]): Promise<void> {
  const bytes = () => proxy.received.map((received) => [...received]);
  for (let tries = 0; tries < 100 && bytes().flat().length < wanted.flat().length; tries++) await sleep(10);
  assert.deepEqual(bytes(), wanted);
}

test("a reply that says no: its code, the write fails, and nothing is sent again", async () => {
  const proxy = await acquainted([ASKED_WITH_DATA, { send: [...METHOD, 5, 5, 0, 1, 0, 0, 0, 0, 0, 0] }]);
  init({ proxy: `socks5://${proxy.url}` });
  await connect();
  const { error, written } = await connect();
  assert.deepEqual([error?.code, error?.stage, error?.reply], ["ECONNREFUSED", "destination", 5]);
  assert.ok(written instanceof Error);
  await receives(proxy, [...ASKED, ...EARLY], [...ASKED, ...EARLY]);
});

test("a proxy that accepts no method: the next one is asked, and gets the bytes once", async () => {
  const first = await acquainted([ASKED_WITH_DATA, { send: [5, 0xff] }, { end: true }]);
  const second = await acquainted();
  init({ proxy: [`socks5://${first.url}`, `socks5://${second.url}`] });
  await connect();
  const { error, written } = await connect();
  assert.equal(error, undefined);
  assert.ok(!written);
  await receives(first, [...ASKED, ...EARLY], [...ASKED, ...EARLY]);
  await receives(second, [...ASKED, ...EARLY]);
});

const answer = [...METHOD, ...GRANTED];
for (const how of ["end", "reset"] as const)
  test(`a proxy that ${how}s at any byte after early data is ECONNRESET, and gets no early data again`, async (t) => {
    for (let length = 0; length < answer.length; length++)
      await t.test(`after ${length} bytes`, async () => {
        const sent = length > 0 ? [{ send: answer.slice(0, length) }] : [];
        const gap = how === "reset" ? [{ wait: 20 }] : [];
        const last: Step = how === "end" ? { end: true } : { reset: true };
        const proxy = await acquainted([ASKED_WITH_DATA, ...sent, ...gap, last], GRANT);
        const spare = await acquainted();
        init({ proxy: [`socks5://${proxy.url}`, `socks5://${spare.url}`] });
        await connect();
        const { error, written } = await connect();
        assert.deepEqual([error?.code, error?.stage], ["ECONNRESET", "handshake"]);
        assert.match(error!.message, /5 bytes of early data may have arrived, and were not sent again/);
        assert.ok(written instanceof Error);
        assert.equal(proxy.received.length, 2, "it was not tried again");
        assert.equal(spare.received.length, 0, "nor elsewhere");
        const third = await connect();
        assert.equal(third.error, undefined);
        await receives(proxy, ...Array<number[]>(3).fill([...ASKED, ...EARLY]));
      });
  });

test("a proxy that stalls after early data is ETIMEDOUT, and no other is asked", async () => {
  const proxy = await acquainted([ASKED_WITH_DATA, { send: METHOD }]);
  const spare = await acquainted();
  init({ proxy: [`socks5://${proxy.url}`, `socks5://${spare.url}`], timeout: 300 });
  await connect();
  const { error } = await connect();
  assert.equal(error?.code, "ETIMEDOUT");
  assert.match(error.message, /early data may have arrived/);
  assert.deepEqual([proxy.received.length, spare.received.length], [2, 0]);
});

test("a proxy that chokes on a request with the greeting gets it step by step, and no early data ever", async () => {
  const patient: Step[] = [
    { expect: 3 },
    { wait: 20 },
    { send: METHOD },
    { expect: ASKED.length },
    { wait: 20 },
    { send: GRANTED },
  ];
  const proxy = await scriptedProxy([{ expect: ASKED.length }, { reset: true }], patient);
  proxies.push(proxy);
  init({ proxy: `socks5://${proxy.url}` });
  for (const connections of [2, 3]) {
    const socket = Rconnect(80, "192.0.2.1");
    socket.write(Uint8Array.from(EARLY));
    while (!(proxy.received[connections - 1]?.length === ASKED.length)) await sleep(1);
    await once(socket, "connect");
    assert.deepEqual([...proxy.received[connections - 1]!], ASKED, "nothing goes before the reply");
    socket.destroy();
  }
});
