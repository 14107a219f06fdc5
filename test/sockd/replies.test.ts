import assert from "node:assert/strict";
import { test } from "node:test";
import type { SockdOptions } from "tsocksify/sockd";
import { ascii, bareClient, listen, port16, sockd } from "./support";

const v4 = [127, 0, 0, 1];
const v6loopback = [...Array<number>(15).fill(0), 1];
const noAuth = [5, 1, 0];

/** What a client sends, cut nowhere, and everything the server answers. PORT stands for the target's port. */
interface Case {
  claim: string;
  options?: SockdOptions;
  send: (port: number) => number[];
  /** Exact answer; `undefined` in it is any byte. */
  answer: (number | undefined)[];
  targetConnections: number;
}

const any = undefined;
const bound4 = [1, 127, 0, 0, 1, any, any];
const nobound = [1, 0, 0, 0, 0, 0, 0];
const users = { alice: "secret" };
const login = (name: string, password: string) => [
  ...[5, 1, 2, 1, name.length, ...ascii(name)],
  ...[password.length, ...ascii(password)],
];

const cases: Case[] = [
  {
    claim: "SOCKS5 CONNECT to an IPv4 address succeeds with REP 0 and BND",
    send: (port) => [...noAuth, 5, 1, 0, 1, ...v4, ...port16(port)],
    answer: [5, 0, 5, 0, 0, ...bound4, ...ascii("hello")],
    targetConnections: 1,
  },
  {
    claim: "SOCKS5 CONNECT to a name resolves it at the proxy",
    options: { hosts: { "only.the.proxy.knows": "127.0.0.1" } },
    send: (port) => [...noAuth, 5, 1, 0, 3, 20, ...ascii("only.the.proxy.KNOWS"), ...port16(port)],
    answer: [5, 0, 5, 0, 0, ...bound4, ...ascii("hello")],
    targetConnections: 1,
  },
  {
    claim: "a refused destination is REP 5",
    send: () => [...noAuth, 5, 1, 0, 1, ...v4, ...port16(1)],
    answer: [5, 0, 5, 5, 0, ...nobound],
    targetConnections: 0,
  },
  {
    claim: "a name that does not resolve is REP 4",
    send: () => [...noAuth, 5, 1, 0, 3, 12, ...ascii("no.such.test"), ...port16(80)],
    answer: [5, 0, 5, 4, 0, ...nobound],
    targetConnections: 0,
  },
  {
    claim: "a destination outside the rules is REP 2",
    options: { allow: ["10.0.0.0/8"] },
    send: (port) => [...noAuth, 5, 1, 0, 1, ...v4, ...port16(port)],
    answer: [5, 0, 5, 2, 0, ...nobound],
    targetConnections: 0,
  },
  {
    claim: "an unknown command is REP 7",
    send: (port) => [...noAuth, 5, 9, 0, 1, ...v4, ...port16(port)],
    answer: [5, 0, 5, 7, 0, ...nobound],
    targetConnections: 0,
  },
  {
    claim: "UDP ASSOCIATE is REP 7",
    send: (port) => [...noAuth, 5, 3, 0, 1, ...v4, ...port16(port)],
    answer: [5, 0, 5, 7, 0, ...nobound],
    targetConnections: 0,
  },
  {
    claim: "a command that is switched off is REP 7",
    options: { commands: ["CONNECT"] },
    send: (port) => [...noAuth, 5, 2, 0, 1, ...v4, ...port16(port)],
    answer: [5, 0, 5, 7, 0, ...nobound],
    targetConnections: 0,
  },
  {
    claim: "an unknown address type is REP 8",
    send: (port) => [...noAuth, 5, 1, 0, 2, ...v4, ...port16(port)],
    answer: [5, 0, 5, 8, 0, ...nobound],
    targetConnections: 0,
  },
  {
    claim: "an empty name is REP 1",
    send: (port) => [...noAuth, 5, 1, 0, 3, 0, ...port16(port)],
    answer: [5, 0, 5, 1, 0, ...nobound],
    targetConnections: 0,
  },
  {
    claim: "a name with a line break is REP 1",
    send: (port) => [...noAuth, 5, 1, 0, 3, 4, ...ascii("a\r\nb"), ...port16(port)],
    answer: [5, 0, 5, 1, 0, ...nobound],
    targetConnections: 0,
  },
  {
    claim: "a request with another version than its greeting is REP 1",
    send: (port) => [...noAuth, 4, 1, 0, 1, ...v4, ...port16(port)],
    answer: [5, 0, 5, 1, 0, ...nobound],
    targetConnections: 0,
  },
  {
    claim: "a greeting without methods gets METHOD FF",
    send: () => [5, 0],
    answer: [5, 255],
    targetConnections: 0,
  },
  {
    claim: "a greeting with GSSAPI alone gets METHOD FF",
    send: () => [5, 1, 1],
    answer: [5, 255],
    targetConnections: 0,
  },
  {
    claim: "a client without password is turned away when there are users",
    options: { users },
    send: (port) => [...noAuth, 5, 1, 0, 1, ...v4, ...port16(port)],
    answer: [5, 255],
    targetConnections: 0,
  },
  {
    claim: "the right password is STATUS 0",
    options: { users },
    send: (port) => [...login("alice", "secret"), 5, 1, 0, 1, ...v4, ...port16(port)],
    answer: [5, 2, 1, 0, 5, 0, 0, ...bound4, ...ascii("hello")],
    targetConnections: 1,
  },
  {
    claim: "a wrong password is STATUS 1 and the end",
    options: { users },
    send: (port) => [...login("alice", "Secret"), 5, 1, 0, 1, ...v4, ...port16(port)],
    answer: [5, 2, 1, 1],
    targetConnections: 0,
  },
  {
    claim: "an unknown user is STATUS 1, also when his name is a property of every object",
    options: { users },
    send: (port) => [...login("constructor", ""), 5, 1, 0, 1, ...v4, ...port16(port)],
    answer: [5, 2, 1, 1],
    targetConnections: 0,
  },
  {
    claim: "SOCKS4 CONNECT is granted with 90",
    send: (port) => [4, 1, ...port16(port), ...v4, ...ascii("me"), 0],
    answer: [0, 90, any, any, 127, 0, 0, 1, ...ascii("hello")],
    targetConnections: 1,
  },
  {
    claim: "SOCKS4a resolves the name at the proxy",
    options: { hosts: { "only.the.proxy.knows": "127.0.0.1" } },
    send: (port) => [4, 1, ...port16(port), 0, 0, 0, 1, 0, ...ascii("only.the.proxy.knows"), 0],
    answer: [0, 90, any, any, 127, 0, 0, 1, ...ascii("hello")],
    targetConnections: 1,
  },
  {
    claim: "every failure of SOCKS4 is 91",
    send: () => [4, 1, ...port16(1), ...v4, 0],
    answer: [0, 91, 0, 0, 0, 0, 0, 0],
    targetConnections: 0,
  },
  {
    claim: "an unknown command of SOCKS4 is 91",
    send: (port) => [4, 3, ...port16(port), ...v4, 0],
    answer: [0, 91, 0, 0, 0, 0, 0, 0],
    targetConnections: 0,
  },
  {
    claim: "SOCKS4 is 91 when a password is required",
    options: { users },
    send: (port) => [4, 1, ...port16(port), ...v4, ...ascii("alice"), 0],
    answer: [0, 91, 0, 0, 0, 0, 0, 0],
    targetConnections: 0,
  },
  {
    claim: "another USERID than the allowed ones is 93",
    options: { socks4Users: ["alice"] },
    send: (port) => [4, 1, ...port16(port), ...v4, ...ascii("bob"), 0],
    answer: [0, 93, 0, 0, 0, 0, 0, 0],
    targetConnections: 0,
  },
  {
    claim: "an allowed USERID is 90 beside users with passwords",
    options: { users, socks4Users: ["alice"] },
    send: (port) => [4, 1, ...port16(port), ...v4, ...ascii("alice"), 0],
    answer: [0, 90, any, any, 127, 0, 0, 1, ...ascii("hello")],
    targetConnections: 1,
  },
  {
    claim: "an HTTP request gets no answer",
    send: () => ascii("GET / HTTP/1.1\r\nHost: x\r\n\r\n"),
    answer: [],
    targetConnections: 0,
  },
  {
    claim: "a version that is switched off gets no answer",
    options: { versions: [5] },
    send: (port) => [4, 1, ...port16(port), ...v4, 0],
    answer: [],
    targetConnections: 0,
  },
  {
    claim: "a USERID without end gets no answer",
    send: (port) => [4, 1, ...port16(port), ...v4, ...Array<number>(5000).fill(65)],
    answer: [],
    targetConnections: 0,
  },
];

for (const { claim, options, send, answer, targetConnections } of cases) {
  test(claim, async (t) => {
    const target = await listen(t, (socket) => socket.end("hello"));
    const client = await bareClient(t, await sockd(t, options));
    client.send(send(target.port));
    const expected = answer.length;
    const got = await client.rest();
    assert.equal(got.length, expected, `answer: ${got.join(" ")}`);
    assert.deepEqual(
      got.map((byte, i) => (answer[i] === any ? any : byte)),
      answer,
    );
    assert.equal(target.accepted(), targetConnections);
  });

  test(`one byte at a time: ${claim}`, async (t) => {
    const target = await listen(t, (socket) => socket.end("hello"));
    const server = await sockd(t, options);
    const client = await bareClient(t, server);
    client.socket.setNoDelay();
    for (const byte of send(target.port).slice(0, 400)) {
      if (client.socket.destroyed || client.socket.readableEnded) break;
      await new Promise<void>((resolve) =>
        client.socket.write(Uint8Array.of(byte), () => setImmediate(resolve)),
      );
    }
    const got = await client.rest();
    assert.deepEqual(
      got.map((byte, i) => (answer[i] === any ? any : byte)),
      answer,
    );
    assert.equal(target.accepted(), targetConnections);
  });
}

test("SOCKS5 over IPv6 reaches an IPv6 destination and answers with an IPv6 BND", async (t) => {
  const target = await listen(t, (socket) => socket.end("hello"), { host: "::1" });
  const server = await sockd(t, {}, "::1");
  assert.match(server.url, /^socks5:\/\/\[::1\]:\d+$/);
  const client = await bareClient(t, server);
  client.send([...noAuth, 5, 1, 0, 4, ...v6loopback, ...port16(target.port)]);
  const got = await client.rest();
  assert.deepEqual(got.slice(0, 6 + 16), [5, 0, 5, 0, 0, 4, ...v6loopback]);
  assert.deepEqual(got.slice(24), ascii("hello"));
  assert.equal(server.sessions[0]?.destination, `[::1]:${target.port}`);
});

test("an IPv4 address in IPv6 clothes obeys the IPv4 rules", async (t) => {
  const target = await listen(t, (socket) => socket.end("hello"));
  const client = await bareClient(t, await sockd(t, { deny: ["127.0.0.0/8"] }));
  client.send([...noAuth, 5, 1, 0, 4, ...Array<number>(10).fill(0), 255, 255, ...v4, ...port16(target.port)]);
  assert.deepEqual(await client.rest(), [5, 0, 5, 2, 0, ...nobound]);
  assert.equal(target.accepted(), 0);
});
