import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import type { SocksOptions } from "@tsocksify/runtime";
import { dial, GRANTED, GREETING, METHOD, PROMPTLY, REQUEST, type DialOptions } from "./support/dial";
import type { Step } from "./support/scripted-proxy";

/** What a proxy says when it has received so many bytes in all. */
interface Answer {
  expect: number;
  send: readonly number[];
}

/** A handshake that succeeds when nothing goes wrong. */
interface Talk {
  options: (proxy: string) => SocksOptions;
  host?: string;
  answers: readonly Answer[];
}

/** VN CD DSTPORT DSTIP USERID NULL. */
const SOCKS4_REQUEST = 9;
const SOCKS4_GRANTED = [0, 90, 0x12, 0x34, 127, 0, 0, 9];
const SOCKS5: readonly Answer[] = [
  { expect: GREETING, send: METHOD },
  { expect: GREETING + REQUEST, send: GRANTED },
];
const SECOND = "192.0.2.9:1080";

/** What the next proxy of a chain says, through the same connection. */
function behind(first: readonly Answer[], second: readonly Answer[]): Answer[] {
  const before = first.at(-1)!.expect;
  return [...first, ...second.map(({ expect, send }) => ({ expect: before + expect, send }))];
}

const talks: Record<string, Talk> = {
  SOCKS5: { options: (proxy) => ({ proxy: `socks5://${proxy}` }), answers: SOCKS5 },
  SOCKS4: {
    options: (proxy) => ({ proxy: `socks4://${proxy}` }),
    answers: [{ expect: SOCKS4_REQUEST, send: SOCKS4_GRANTED }],
  },
  SOCKS4A: {
    options: (proxy) => ({ proxy: `socks4a://${proxy}` }),
    host: "example.test",
    answers: [{ expect: SOCKS4_REQUEST + "example.test\0".length, send: SOCKS4_GRANTED }],
  },
  "user name and password": {
    options: (proxy) => ({ proxy: `socks5://u:pw@${proxy}` }),
    answers: [
      { expect: 4, send: [5, 2] },
      { expect: 4 + 6, send: [1, 0] },
      { expect: 4 + 6 + REQUEST, send: GRANTED },
    ],
  },
  "a chain of SOCKS5 and SOCKS5": {
    options: (proxy) => ({ chain: [`socks5://${proxy}`, `socks5://${SECOND}`] }),
    answers: behind(SOCKS5, SOCKS5),
  },
  "a chain of SOCKS5 and SOCKS4": {
    options: (proxy) => ({ chain: [`socks5://${proxy}`, `socks4://${SECOND}`] }),
    answers: behind(SOCKS5, [{ expect: SOCKS4_REQUEST, send: SOCKS4_GRANTED }]),
  },
};

const total = ({ answers }: Talk) => answers.flatMap(({ send }) => send).length;

/** The first `length` bytes of what the proxy has to say, each when it is its turn. */
function upTo({ answers }: Talk, length: number): Step[] {
  const steps: Step[] = [];
  let left = length;
  for (const { expect, send } of answers) {
    steps.push({ expect });
    if (left > 0) steps.push({ send: send.slice(0, left) });
    left -= send.length;
    if (left < 0) break;
  }
  return steps;
}

/** All of it, with a pause in front of the bytes that `pausesAt` picks. */
function withPauses({ answers }: Talk, milliseconds: number, pausesAt: (index: number) => boolean): Step[] {
  let index = 0;
  return answers.flatMap(({ expect, send }) => {
    const steps: Step[] = [{ expect }];
    for (const byte of send) {
      if (pausesAt(index++)) steps.push({ wait: milliseconds });
      steps.push({ send: [byte] });
    }
    return steps;
  });
}

test("a proxy that closes instead of a reply may not have reached the destination, as the error says", async (t) => {
  const cases: [string, boolean][] = [
    ["SOCKS5", true],
    ["SOCKS4", true],
    ["user name and password", false],
  ];
  for (const [name, says] of cases)
    await t.test(name, async () => {
      const talk = talks[name]!;
      // What is missing is the last answer, or with a password the one before.
      const known = talk.answers.slice(0, says ? -1 : 1).flatMap(({ send }) => send).length;
      const { error } = await dial([[...upTo(talk, known), { end: true }]], { init: talk.options });
      assert.equal(/ssh -D/.test(error!.message), says, error!.message);
    });
});

const faults = {
  ends: { last: [{ end: true }], code: "ECONNRESET", timeout: 5000 },
  // A reset may overtake what was sent before it.
  resets: { last: [{ wait: 20 }, { reset: true }], code: "ECONNRESET", timeout: 5000 },
  stalls: { last: [], code: "ETIMEDOUT", timeout: 90 },
} satisfies Record<string, { last: Step[]; code: string; timeout: number }>;

for (const [name, talk] of Object.entries(talks)) {
  const options: DialOptions = { init: talk.options, ...(talk.host && { host: talk.host }) };

  for (const [how, { last, code, timeout }] of Object.entries(faults))
    test(`${name}: a proxy that ${how} at any byte of the handshake is ${code}`, async (t) => {
      for (let length = 0; length < total(talk); length++)
        await t.test(`after ${length} bytes`, async () => {
          const init = (proxy: string) => ({ ...talk.options(proxy), timeout });
          const { error, milliseconds } = await dial([[...upTo(talk, length), ...last]], {
            ...options,
            init,
          });
          assert.equal(error?.code, code);
          assert.equal(error.stage, "handshake");
          assert.match(error.message, /(?:192\.0\.2\.1|example\.test):80 via socks/);
          assert.doesNotMatch(error.message, /pw/);
          assert.ok(milliseconds < PROMPTLY, `${milliseconds} ms`);
          if (how === "stalls") assert.ok(milliseconds >= timeout - 10, `${milliseconds} ms`);
        });
    });

  test(`${name}: a reply split at any byte, and one byte at a time, is understood`, async (t) => {
    for (let length = 0; length < total(talk); length++)
      await t.test(`split after ${length} bytes`, async () => {
        const { error } = await dial([withPauses(talk, 5, (index) => index === length)], options);
        assert.equal(error, undefined);
      });
    assert.equal((await dial([withPauses(talk, 1, () => true)], options)).error, undefined);
  });

  test(`${name}: bytes that come with the reply arrive at the caller, few or many, and count`, async (t) => {
    for (const text of ["220 ready\r\n", "x".repeat(300_000)])
      await t.test(`${text.length} bytes`, async () => {
        const steps = upTo(talk, total(talk));
        const reply = steps.pop() as { send: number[] };
        const script = [...steps, { send: [...reply.send, ...Buffer.from(text)] }];
        const { error } = await dial([script], {
          ...options,
          check: async (socket) => {
            let received = "";
            const collect = (bytes: Buffer) => (received += bytes.toString("latin1"));
            socket.on("data", collect);
            while (received.length < text.length) await once(socket, "data");
            socket.off("data", collect);
            assert.equal(received, text);
            assert.equal(socket.bytesRead, text.length);
            assert.equal(socket.bytesWritten, 0);
          },
        });
        assert.equal(error, undefined);
      });
  });

  test(`${name}: an answer that is something else, at any turn, is EPROTO at once`, async (t) => {
    for (let turn = 0; turn < talk.answers.length; turn++)
      for (const text of ["HTTP/1.1 400 Bad Request\r\n\r\n", "SSH-2.0-OpenSSH\r\n", "\xff\xff".repeat(5000)])
        await t.test(`turn ${turn}: ${JSON.stringify(text.slice(0, 30))}`, async () => {
          const before = talk.answers.slice(0, turn);
          const script: Step[] = [...before, { expect: talk.answers[turn]!.expect, send: [] }].flatMap(
            ({ expect, send }) => [{ expect }, { send }],
          );
          script.push({ send: Buffer.from(text, "latin1") });
          const { error, milliseconds } = await dial([script], options);
          assert.equal(error?.code, "EPROTO");
          assert.ok(milliseconds < PROMPTLY);
        });
  });
}
