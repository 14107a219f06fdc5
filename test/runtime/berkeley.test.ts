import assert from "node:assert/strict";
import { once } from "node:events";
import net from "node:net";
import { after, before, test } from "node:test";
import * as runtime from "@tsocksify/runtime";
import * as b from "@tsocksify/runtime/berkeley";
import { createSockd, type Sockd } from "tsocksify/sockd";
import { freePort } from "../support/peers/daemon";

/** Waits for a connection to "port" lines as in FTP's active mode, echoes everything else. */
const service = net.createServer((socket) => {
  socket.on("error", () => {});
  socket.on("data", (bytes) => {
    const match = /^PORT (\S+) (\d+)\n$/.exec(String(bytes));
    if (!match) return socket.write(bytes);
    const data = net.connect(Number(match[2]), match[1], () => data.end("data"));
    data.on("error", () => {}).resume();
  });
});

/** What rshd(8) does, without running anything: "command" is answered on stdout, its reverse on stderr. */
const shell = net.createServer((socket) => {
  socket.on("error", () => {});
  let text = "";
  let stderr: net.Socket | undefined;
  socket.on("data", (bytes) => {
    text += String(bytes);
    const parts = text.split("\0");
    if (parts.length === 2 && parts[1] === "" && parts[0] !== "0" && !stderr) {
      stderr = net.connect({ port: Number(parts[0]), host: "127.0.0.1" });
      stderr.on("error", () => {});
    }
    if (parts.length < 5) return;
    const [, localUser, remoteUser, command] = parts as [string, string, string, string];
    if (remoteUser === "nobody") return void socket.end("\x01Permission denied.\n");
    socket.end(`\0${localUser} ran ${command}`);
    stderr?.end([...command].reverse().join(""));
  });
});

let sockd: Sockd;
let port: number;
let shellPort: number;

before(async () => {
  for (const server of [service, shell]) await once(server.listen(0, "127.0.0.1"), "listening");
  port = (service.address() as net.AddressInfo).port;
  shellPort = (shell.address() as net.AddressInfo).port;
  sockd = await createSockd({ hosts: { "service.test": "127.0.0.1" } }).listen();
  runtime.SOCKSinit("test", { proxy: sockd.url });
});

after(async () => {
  service.close();
  shell.close();
  await sockd.close({ grace: 0 });
});

const tcp = (): b.Descriptor => b.socket(b.AF_INET, b.SOCK_STREAM);
const throughProxy = (): number => sockd.counters.accepted;

test("connect, send, recv, close: the R-twin does the same through the proxy", async () => {
  for (const [connect, host, sessions] of [
    [b.connect, "127.0.0.1", 0],
    [b.Rconnect, "service.test", 1],
    [runtime.Rconnect, "service.test", 1],
  ] as const) {
    const before = throughProxy();
    const s = tcp();
    await connect(s, { host, port });
    assert.equal(await b.send(s, "hello"), 5);
    assert.equal(String(await b.recv(s, 3)), "hel");
    assert.equal(String(await b.recv(s, 100)), "lo");
    assert.equal(b.getpeername(s).port, port);
    assert.ok(b.getsockname(s).port > 0);
    b.close(s);
    assert.equal(throughProxy() - before, sessions);
  }
});

test("only TCP sockets are to be had", () => {
  assert.throws(() => b.socket(b.AF_INET, b.SOCK_DGRAM), { code: "EPROTONOSUPPORT" });
  assert.throws(() => b.socket(b.AF_UNIX, b.SOCK_STREAM), { code: "EAFNOSUPPORT" });
});

test("a connect that fails says so, with the code of C", async () => {
  await assert.rejects(b.Rconnect(tcp(), { address: "127.0.0.1", port: 1 }), { code: "ECONNREFUSED" });
});

test("a nonblocking connect: EINPROGRESS, EALREADY, then EISCONN; I/O before that is ENOTCONN", async () => {
  const s = tcp();
  const address = { host: "service.test", port };
  b.fcntl(s, b.F_SETFL, b.fcntl(s, b.F_GETFL) | b.O_NONBLOCK);
  await assert.rejects(b.Rconnect(s, address), { code: "EINPROGRESS" });
  await assert.rejects(b.Rconnect(s, address), { code: "EALREADY" });
  await assert.rejects(b.Rbind(s, { address: "0.0.0.0", port: 0 }), { code: "EALREADY" });
  await assert.rejects(b.send(s, "early"), { code: "ENOTCONN" });
  const { writes } = await b.Rselect([], [s], [], 5000);
  assert.deepEqual(writes, [s]);
  await assert.rejects(b.Rconnect(s, address), { code: "EISCONN" });
  await assert.rejects(b.recv(s, 10), { code: "EWOULDBLOCK" });
  await b.send(s, "now");
  assert.deepEqual((await b.Rselect([s], [], [], 5000)).reads, [s]);
  assert.equal(String(await b.recv(s, 10)), "now");
  b.close(s);
  await assert.rejects(b.recv(s, 10), { code: "EBADF" });
});

test("a nonblocking connect that fails is exceptional and writable, and the repeated connect tells why", async () => {
  const s = tcp();
  const address = { address: "127.0.0.1", port: 1 };
  s.nonblocking = true;
  await assert.rejects(b.Rconnect(s, address), { code: "EINPROGRESS" });
  const { writes, excepts } = await b.Rselect([], [s], [s], 5000);
  assert.deepEqual([writes, excepts], [[s], [s]]);
  await assert.rejects(b.Rconnect(s, address), { code: "ECONNREFUSED" });
  b.close(s);
});

test("bind before connect cannot be honoured", async () => {
  const s = tcp();
  await b.bind(s, { address: "127.0.0.1", port: 0 });
  await assert.rejects(b.Rconnect(s, { address: "127.0.0.1", port }), { code: "EOPNOTSUPP" });
  b.close(s);
});

test("the classic order, connect, bind, getsockname, listen, accept, is a BIND for the host of the connect", async () => {
  const control = tcp();
  await b.Rconnect(control, { host: "service.test", port });
  const s = tcp();
  await b.Rbind(s, { address: "0.0.0.0", port: 0 });
  const { address, port: bound } = b.Rgetsockname(s);
  assert.deepEqual([address, bound > 0], ["127.0.0.1", true]);
  const { command, destination } = sockd.sessions.at(-1)!;
  assert.deepEqual([command, destination], ["BIND", "service.test:0"]);
  await b.Rlisten(s, 1);
  await b.send(control, `PORT ${address} ${bound}\n`);
  assert.deepEqual((await b.Rselect([s], [], [], 5000)).reads, [s]);
  const data = await b.Raccept(s);
  assert.equal(String(await b.recv(data, 10)), "data");
  assert.equal((await b.recv(data, 10)).length, 0, "then the end");
  await assert.rejects(b.Raccept(s), { code: "EOPNOTSUPP", syscall: "accept" }, "one accept for one BIND");
  for (const each of [control, s, data]) b.close(each);
});

test("of several connections each asynchronous context binds for its own; another host can be named", async () => {
  const open = async (host: string, peer?: string): Promise<string | undefined> => {
    const [control, s] = [tcp(), tcp()];
    await b.Rconnect(control, { host, port });
    if (++connected === 3) go();
    await all;
    await b.Rbind(s, { address: "0.0.0.0", port: 0 }, peer);
    const { destination } = sockd.sessions.findLast(({ bound }) =>
      bound?.endsWith(`:${b.Rgetsockname(s).port}`),
    )!;
    for (const each of [control, s]) b.close(each);
    return destination;
  };
  let connected = 0;
  let go!: () => void;
  const all = new Promise<void>((resolve) => (go = resolve));
  const destinations = [open("service.test"), open("127.0.0.1"), open("service.test", "127.0.0.1")];
  assert.deepEqual(await Promise.all(destinations), ["service.test:0", "127.0.0.1:0", "127.0.0.1:0"]);
});

test("Rbind of a port, and without a connection, is an ordinary server's, here", async () => {
  const before = throughProxy();
  for (const wanted of [await freePort("127.0.0.1"), 0]) {
    const s = tcp();
    await b.Rbind(s, { address: "127.0.0.1", port: wanted });
    const { port: bound } = b.Rgetsockname(s);
    assert.ok(wanted === 0 ? bound > 0 : bound === wanted);
    await b.Rlisten(s);
    const client = tcp();
    await b.connect(client, { address: "127.0.0.1", port: bound });
    b.close(await b.Raccept(s));
    for (const each of [client, s]) b.close(each);
  }
  assert.equal(throughProxy(), before);
});

test("Rbind after a direct connect is here, whatever else is connected; and nowhere, if the policy denies it", async () => {
  const proxied = tcp();
  await b.Rconnect(proxied, { host: "service.test", port });
  const [control, s, denied] = [tcp(), tcp(), tcp()];
  runtime.SOCKSinit("test", { proxy: sockd.url, noProxy: "127.0.0.1" });
  await b.Rconnect(control, { address: "127.0.0.1", port });
  const before = throughProxy();
  await b.Rbind(s, { address: "0.0.0.0", port: 0 });
  assert.equal(throughProxy(), before);
  runtime.SOCKSinit("test", { proxy: sockd.url, bind: "deny" });
  await assert.rejects(b.Rbind(denied, { address: "0.0.0.0", port: 0 }), { code: "EACCES" });
  runtime.SOCKSinit("test", { proxy: sockd.url });
  for (const each of [proxied, control, s]) b.close(each);
});

test("a bind that fails says why, and can be tried again", async () => {
  const s = tcp();
  await assert.rejects(b.bind(s, { address: "127.0.0.1", port }), { code: "EADDRINUSE" });
  await b.bind(s, { address: "127.0.0.1", port: 0 });
  b.close(s);
});

test("listen and accept without R are here", async () => {
  const before = throughProxy();
  const s = tcp();
  await b.bind(s, { address: "127.0.0.1", port: 0 });
  await b.listen(s, 5);
  const client = tcp();
  await b.connect(client, b.getsockname(s));
  const accepted = await b.accept(s);
  await b.send(client, "x");
  assert.equal(String(await b.recv(accepted, 1)), "x");
  for (const each of [s, client, accepted]) b.close(each);
  assert.equal(throughProxy(), before);
});

test("select waits on net.Sockets and net.Servers, too, and gives up in time", async () => {
  const server = net.createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const socket = runtime.Rconnect((server.address() as net.AddressInfo).port, "127.0.0.1");
  assert.deepEqual((await runtime.Rselect([server], [], [], 5000)).reads, [server]);
  assert.deepEqual((await runtime.Rselect([server], [], [], 0)).reads, [server], "until it is accepted");
  const accepted = await runtime.Raccept(server);
  assert.deepEqual((await runtime.Rselect([], [socket], [], 5000)).writes, [socket]);
  const listeners = socket.listenerCount("readable");
  const started = performance.now();
  const nothing = await runtime.Rselect([socket], [], [], 50);
  assert.deepEqual(nothing, { reads: [], writes: [], excepts: [] });
  assert.ok(performance.now() - started >= 45);
  assert.equal(socket.listenerCount("readable"), listeners, "no listener is left");
  assert.deepEqual(await runtime.Rselect([socket], [], [], 0), nothing);
  for (const each of [accepted, socket]) each.destroy();
  server.close();
});

test("rcmd runs a command, its stderr comes back through BIND", async (t) => {
  for (const [name, rcmd] of [
    ["direct", b.rcmd],
    ["through SOCKS", b.Rrcmd],
  ] as const)
    await t.test(name, async () => {
      const text = async (socket: net.Socket): Promise<string> => {
        let all = "";
        for await (const bytes of socket) all += String(bytes);
        return all;
      };
      const { socket, stderr } = await rcmd("127.0.0.1", shellPort, "me", "you", "date", true);
      assert.equal(await text(stderr!), "etad");
      assert.equal(await text(socket), "me ran date");

      const plain = await rcmd("127.0.0.1", shellPort, "me", "you", "date");
      assert.equal(plain.stderr, undefined);
      assert.equal(await text(plain.socket), "me ran date");

      await assert.rejects(rcmd("127.0.0.1", shellPort, "me", "nobody", "date"), {
        code: "EACCES",
        message: /Permission denied/,
      });
      await assert.rejects(rcmd("127.0.0.1", shellPort, "me\0", "you", "date"), { code: "EINVAL" });
    });
});

test(
  "rcmd leaves for the proxy from a reserved port, where it may",
  { skip: process.getuid?.() !== 0 },
  async () => {
    for (const host of ["127.0.0.1", "localhost"]) {
      runtime.SOCKSinit("test", { proxy: `socks5://${host}:${sockd.address().port}` });
      const { socket } = await runtime.Rrcmd("127.0.0.1", shellPort, "me", "you", "date");
      const from = Number(sockd.sessions.at(-1)!.client.split(":").at(-1));
      assert.ok(from >= 512 && from < 1024, `${host}: ${from}`);
      socket.destroy();
    }
  },
);
