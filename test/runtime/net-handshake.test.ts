import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { Rconnect, SOCKSinit, SocksError } from "@tsocksify/runtime";
import { dial, GRANTED, GREETING, METHOD, PROMPTLY, REQUEST, startScripted } from "./support/dial";
import { nothingLeftOver } from "./support/left-over";

test("each SOCKS5 reply code becomes the code Node would give", async (t) => {
  const codes: [number, string][] = [
    [1, "ECONNREFUSED"],
    [2, "EACCES"],
    [3, "ENETUNREACH"],
    [4, "EHOSTUNREACH"],
    [5, "ECONNREFUSED"],
    [6, "ETIMEDOUT"],
    [7, "EOPNOTSUPP"],
    [8, "EAFNOSUPPORT"],
    [9, "ECONNREFUSED"],
    [255, "ECONNREFUSED"],
  ];
  for (const [reply, code] of codes)
    await t.test(`reply ${reply}: ${code}`, async () => {
      const refused = [5, reply, 0, 1, 0, 0, 0, 0, 0, 0];
      const script = [
        { expect: GREETING + REQUEST },
        { send: [...METHOD, ...refused] },
        { end: true },
      ] as const;
      const { error, milliseconds } = await dial([script]);
      assert.ok(error instanceof SocksError);
      assert.equal(error.code, code);
      assert.equal(error.reply, reply);
      assert.equal(error.message, `connect ${code} 192.0.2.1:80`);
      assert.deepEqual([error.address, error.port, error.syscall], ["192.0.2.1", 80, "connect"]);
      assert.equal(error.stage, "destination");
      assert.match(error.proxy!, /^socks5:\/\/127\.0\.0\.1:\d+$/);
      assert.ok(error.errno! < 0 && error.remedy && error.reason);
      assert.ok(milliseconds < PROMPTLY);
    });
});

test("each SOCKS4 reply code becomes the code Node would give", async (t) => {
  const codes: [number, string][] = [
    [91, "ECONNREFUSED"],
    [92, "EACCES"],
    [93, "EACCES"],
    [94, "ECONNREFUSED"],
  ];
  for (const [reply, code] of codes)
    await t.test(`reply ${reply}: ${code}`, async () => {
      const script = [{ expect: 9 }, { send: [0, reply, 0, 0, 0, 0, 0, 0] }] as const;
      const { error } = await dial([script], { init: (proxy) => ({ proxy: `socks4://${proxy}` }) });
      assert.deepEqual([error?.code, error?.reply, error?.stage], [code, reply, "destination"]);
    });
});

test("BND may be an IPv6 address or a name of up to 255 bytes", async (t) => {
  const replies: [string, number[], string | undefined][] = [
    ["IPv6", [5, 0, 0, 4, 0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0x12, 0x34], "2001:db8::1"],
    ["a name", [5, 0, 0, 3, 255, ...Array<number>(255).fill(0x61), 0x12, 0x34], undefined],
    ["an empty name", [5, 0, 0, 3, 0, 0x12, 0x34], undefined],
  ];
  for (const [what, reply, address] of replies)
    await t.test(what, async () => {
      const script = [{ expect: GREETING + REQUEST }, { send: [...METHOD, ...reply, 0x21] }];
      const { error } = await dial([script], {
        check: async (socket) => {
          if (address) assert.deepEqual([socket.localAddress, socket.localPort], [address, 0x1234]);
          else assert.equal(socket.localAddress, "127.0.0.1");
          const [data] = (await once(socket, "data")) as [Buffer];
          assert.deepEqual([...data], [0x21]);
        },
      });
      assert.equal(error, undefined);
    });
});

test("a reply of an unknown address type, or to another method, is EPROTO", async (t) => {
  for (const answer of [
    [...METHOD, 5, 0, 0, 2],
    [5, 2],
    [5, 1],
    [5, 0, 4, 0],
  ])
    await t.test(answer.join(" "), async () => {
      const { error } = await dial([[{ expect: GREETING }, { send: answer }]]);
      assert.equal(error?.code, "EPROTO");
    });
});

test("greeting and request leave together where there is no password", async () => {
  const script = [{ expect: GREETING + REQUEST }, { send: [...METHOD, ...GRANTED] }];
  const { received } = await dial([script]);
  assert.deepEqual([...received[0]!], [5, 1, 0, 5, 1, 0, 1, 192, 0, 2, 1, 0, 80]);
});

test("a server that chokes on that is asked again, step by step, and from then on only so", async () => {
  const choking = [{ expect: GREETING + REQUEST }, { reset: true } as const];
  const patient = [{ expect: GREETING }, { send: METHOD }, { expect: GREETING + REQUEST }, { send: GRANTED }];
  const proxy = await startScripted(choking, patient);
  SOCKSinit("test", { proxy: `socks5://${proxy.url}` });
  for (const connections of [2, 3]) {
    const socket = Rconnect(80, "192.0.2.1");
    await once(socket, "connect");
    socket.destroy();
    assert.equal(proxy.received.length, connections);
  }
});

/** What becomes of as many connections, one after the other. */
async function inTurn(count: number, proxy: string): Promise<(SocksError | "connected")[]> {
  SOCKSinit("test", { proxy: `socks5://${proxy}`, timeout: 200 });
  const outcomes: (SocksError | "connected")[] = [];
  while (outcomes.length < count) {
    const socket = Rconnect(80, "192.0.2.1");
    outcomes.push(
      await once(socket, "connect").then(
        () => "connected",
        (error: SocksError) => error,
      ),
    );
    socket.destroy();
  }
  return outcomes;
}

/** A server that drops a request that comes with the greeting, as microsocks does. */
const DROPPING = [{ expect: GREETING + REQUEST }, { send: METHOD }] as const;
const PATIENT = [
  { expect: GREETING },
  { send: METHOD },
  { expect: GREETING + REQUEST },
  { send: GRANTED },
] as const;

test("a server that drops a request that comes with the greeting is asked step by step, and from then on only so", async () => {
  const proxy = await startScripted(DROPPING, PATIENT);
  const nothingLeft = nothingLeftOver();
  assert.deepEqual(await inTurn(3, proxy.url), ["connected", "connected", "connected"]);
  await nothingLeft();
  assert.equal(proxy.received.length, 4);
});

test("a timeout makes one doubt what the proxy was seen to do: another server may be there by now", async () => {
  const granting = [...DROPPING, { send: GRANTED }];
  const proxy = await startScripted(granting, DROPPING, DROPPING, PATIENT);
  const [first, second, third] = await inTurn(3, proxy.url);
  assert.deepEqual([first, (second as SocksError).code, third], ["connected", "ETIMEDOUT", "connected"]);
  assert.equal(proxy.received.length, 4);
});

test("what a server says to the second connection is said: a refusal, or nothing at all", async (t) => {
  const refused = [...PATIENT.slice(0, 3), { send: [5, 5, 0, 1, 0, 0, 0, 0, 0, 0] }];
  for (const [second, code] of [
    [refused, "ECONNREFUSED"],
    [PATIENT.slice(0, 2), "ETIMEDOUT"],
    [[{ reset: true }], "ETIMEDOUT"],
  ] as const)
    await t.test(code, async () => {
      const { error, received } = await dial([DROPPING, second], { init: () => ({ timeout: 200 }) });
      assert.equal(error?.code, code);
      assert.equal(received.length, 2);
    });
});

test("a slow destination: the connection that is granted first is kept, whichever it is", async (t) => {
  const slow = [...DROPPING, { wait: 150 }, { send: GRANTED }];
  for (const second of [[{ expect: GREETING }], [{ reset: true }], PATIENT] as const)
    await t.test(JSON.stringify(second), async () => {
      const { error, received } = await dial([slow, second], { init: () => ({ timeout: 300 }) });
      assert.equal(error, undefined);
      assert.equal(received.length, 2);
    });
});

test("destroy with two connections under way leaves neither", async () => {
  const proxy = await startScripted(DROPPING, [{ expect: GREETING }]);
  SOCKSinit("test", { proxy: `socks5://${proxy.url}`, timeout: 300 });
  const nothingLeft = nothingLeftOver();
  const socket = Rconnect(80, "192.0.2.1");
  while (proxy.received.length < 2) await new Promise((go) => setTimeout(go, 5));
  socket.destroy();
  await once(socket, "close");
  await nothingLeft();
});

test("a timeout of a proxy that has taken greeting and request together before is the destination's", async () => {
  const silent = [{ expect: GREETING + REQUEST }, { send: METHOD }];
  const answering = [...silent, { send: GRANTED }];
  const proxy = await startScripted(answering, silent, answering);
  const [first, second, third] = await inTurn(3, proxy.url);
  assert.deepEqual([first, third], ["connected", "connected"]);
  assert.ok(second instanceof SocksError);
  assert.equal(second.code, "ETIMEDOUT");
  assert.equal(proxy.received.length, 3, "there was no second connection to tell");
});

test("with the option pipeline: false the request waits for the answer to the greeting", async () => {
  const script = [
    { expect: GREETING },
    { wait: 30 },
    { send: METHOD },
    { expect: GREETING + REQUEST },
    { send: GRANTED },
  ];
  const proxy = await startScripted(script);
  SOCKSinit("test", { proxy: `socks5://${proxy.url}`, pipeline: false });
  const socket = Rconnect(80, "192.0.2.1");
  while (!proxy.received[0]?.length) await new Promise((go) => setTimeout(go, 1));
  assert.deepEqual([...proxy.received[0]!], [5, 1, 0]);
  await once(socket, "connect");
  socket.destroy();
});

test("user name and password are sent when asked for, and only then", async (t) => {
  const login = [1, 1, 0x75, 2, 0x70, 0x77];
  const options = { username: "u", password: "pw" };
  await t.test("asked for", async () => {
    const script = [
      { expect: 4 },
      { send: [5, 2] },
      { expect: 4 + login.length },
      { send: [1, 0] },
      { expect: 4 + login.length + REQUEST },
      { send: GRANTED },
    ];
    const { error, received } = await dial([script], { init: () => options });
    assert.equal(error, undefined);
    assert.deepEqual([...received[0]!.subarray(0, 10)], [5, 2, 0, 2, ...login]);
  });
  await t.test("not asked for", async () => {
    const script = [{ expect: 4 }, { send: METHOD }, { expect: 4 + REQUEST }, { send: GRANTED }];
    const { error, received } = await dial([script], { init: () => options });
    assert.equal(error, undefined);
    assert.equal(received[0]!.length, 4 + REQUEST);
  });
  await t.test("refused: ESOCKSAUTH, and no password in the error", async () => {
    const script = [{ expect: 4 }, { send: [5, 2] }, { expect: 4 + login.length }, { send: [1, 1] }];
    const { error } = await dial([script], { init: () => options });
    assert.equal(error?.code, "ESOCKSAUTH");
    assert.match(error.proxy!, /u:\*\*\*@/);
    assert.doesNotMatch(JSON.stringify(error) + error.stack, /pw/);
  });
  await t.test("wanted, but there is none: ESOCKSAUTH", async () => {
    const { error } = await dial([[{ expect: GREETING }, { send: [5, 0xff] }, { end: true }]]);
    assert.equal(error?.code, "ESOCKSAUTH");
    assert.match(error.message, /SOCKS_USERNAME/);
  });
});
