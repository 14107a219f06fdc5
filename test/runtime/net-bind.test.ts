import assert from "node:assert/strict";
import { AsyncResource } from "node:async_hooks";
import { once } from "node:events";
import net from "node:net";
import { after, before, test } from "node:test";
import tls from "node:tls";
import { Raccept, Rbind, Rconnect, Rgetsockname, Rlisten, SOCKSinit, SocksError } from "@tsocksify/runtime";
import { createSockd, type Sockd } from "tsocksify/sockd";
import { freePort } from "../support/peers/daemon";
import { danteSkip, startDante, type Dante } from "../support/peers/dante";
import * as certificates from "./support/certificates";
import { nothingLeftOver } from "./support/left-over";
import { scriptedProxy, type Step } from "./support/scripted-proxy";

/** A server as in FTP's active mode: for each line "port" it connects to that port and says hello there. */
const active = net.createServer((control) => {
  control.on("error", () => {});
  control.on("data", (line) => {
    const [host, port] = String(line).trim().split(" ");
    const data = net.connect({ host: host!, port: Number(port), localAddress: "127.0.0.1" }, () =>
      data.end("hello"),
    );
    data.on("error", () => control.write("failed\n"));
    data.resume();
  });
});
let service: number;
let sockd: Sockd;
let dante: Dante | undefined;
/** A proxy that reaches the service from an address that no other program uses for itself. */
let elsewhere: Dante | undefined;

before(async () => {
  active.listen(0, "127.0.0.1");
  await once(active, "listening");
  service = (active.address() as net.AddressInfo).port;
  sockd = await createSockd({ hosts: { "ftp.test": "127.0.0.1" } }).listen();
  if (danteSkip) return;
  dante = await startDante();
  elsewhere = await startDante({ host: "127.0.0.2" });
});

after(async () => {
  active.close();
  await sockd.close({ grace: 0 });
  await dante?.stop();
  await elsewhere?.stop();
});

async function text(socket: net.Socket): Promise<string> {
  let all = "";
  for await (const bytes of socket) all += String(bytes);
  return all;
}

async function connected(host = "127.0.0.1"): Promise<net.Socket> {
  const control = Rconnect(service, host);
  await once(control, "connect");
  return control;
}

const command = (server: net.Server): string => {
  const { address, port } = Rgetsockname(server) as net.AddressInfo;
  return `${address} ${port}\n`;
};

const proxies: [string, () => string | undefined, string | false][] = [
  ["our own server, SOCKS5", () => sockd.url, false],
  ["our own server, SOCKS4", () => sockd.url.replace("socks5", "socks4"), false],
  ["Dante, SOCKS5", () => dante?.url, danteSkip],
  ["Dante, SOCKS4", () => dante?.url.replace("socks5", "socks4"), danteSkip],
];

for (const [name, url, skip] of proxies) {
  test(`a BIND is a server: listening, address, connection, through ${name}`, { skip }, async () => {
    SOCKSinit("test", { proxy: url()! });
    const nothingLeft = nothingLeftOver();
    const control = await connected();
    const server = net.createServer();
    Rbind(server, control);
    assert.equal(Rlisten(server, 0), server);
    await once(server, "listening");
    const { address, port, family } = Rgetsockname(server) as net.AddressInfo;
    assert.deepEqual([address, family], ["127.0.0.1", "IPv4"]);
    assert.ok(port > 0 && port !== service);
    assert.equal(server.listening, true);

    const arrived = once(server, "connection") as Promise<[net.Socket]>;
    control.write(command(server));
    const [data] = await arrived;
    assert.equal(data.remoteAddress, "127.0.0.1");
    assert.ok(data.remotePort! > 0 && data.remotePort !== port);
    assert.deepEqual([data.localAddress, data.localPort], [address, port]);
    assert.equal(await text(data), "hello");
    assert.equal(data.bytesRead, 5);
    control.destroy();
    server.close();
    await once(server, "close");
    await nothingLeft();
  });

  test(`Rbind and Raccept can be awaited, through ${name}`, { skip }, async () => {
    SOCKSinit("test", { proxy: url()! });
    const control = await connected();
    const server = await Rbind(control);
    control.write(command(server));
    assert.equal(await text(await Raccept(server)), "hello");
    control.destroy();
    server.close();
  });
}

test("a connection that comes before Raccept is kept for it, and a second one is refused", async () => {
  SOCKSinit("test", { proxy: sockd.url });
  const control = await connected();
  for (const server of [await Rbind(control), Rlisten(Rbind(net.createServer(), control), 0)]) {
    if (!server.listening) await once(server, "listening");
    control.write(command(server));
    await once(server, "connection");
    assert.equal(await text(await Raccept(server)), "hello");
    await assert.rejects(Raccept(server), { code: "EOPNOTSUPP", message: /one connection/ });
    server.close();
  }
  control.destroy();
});

test("what befalls a BIND while nobody accepts is told to the next Raccept", async () => {
  const proxy = await createSockd().listen();
  SOCKSinit("test", { proxy: proxy.url });
  const server = await Rbind("127.0.0.1");
  const failed = once(server, "error");
  await proxy.close({ grace: 0 });
  await failed.catch(() => undefined);
  await assert.rejects(Raccept(server), { code: "ECONNRESET", syscall: "bind" });
});

test(
  "listening on an address of the proxy's is a BIND for the host behind it",
  { skip: danteSkip },
  async () => {
    SOCKSinit("test", { proxy: elsewhere!.url });
    const control = await connected();
    assert.equal(control.localAddress, "127.0.0.2");
    const server = net.createServer();
    // As an FTP client does: a port for the data on the address of the control connection.
    Rlisten(server, 0, control.localAddress);
    assert.equal(Rgetsockname(server), null, "the proxy has to be asked");
    await once(server, "listening");
    control.write(command(server));
    const data = await Raccept(server);
    assert.equal(await text(data), "hello");
    await assert.rejects(Raccept(server), { code: "EOPNOTSUPP" }, "one BIND, one peer");
    control.destroy();
    server.close();
  },
);

test("an ordinary server listens here", async (t) => {
  SOCKSinit("test", { proxy: sockd.url });
  const control = await connected();
  for (const [what, listen] of [
    ["any port of any address", (server: net.Server) => Rlisten(server, 0)],
    [
      "an address that is not the proxy's",
      (server: net.Server) => Rlisten(server, { port: 0, host: "127.0.0.2" }),
    ],
    // The proxy has reached the service from its own 127.0.0.1; who listens there means this machine.
    ["the loopback address", (server: net.Server) => Rlisten(server, 0, control.localAddress)],
  ] as const)
    await t.test(what, async () => {
      const before = sockd.counters.accepted;
      const server = net.createServer((socket) => socket.end("here"));
      listen(server);
      await once(server, "listening");
      const { port, address } = Rgetsockname(server) as net.AddressInfo;
      assert.equal(await text(net.connect(port, address === "::" ? "127.0.0.1" : address)), "here");
      assert.equal(sockd.counters.accepted, before);
      server.close();
    });
  control.destroy();
});

test("the policy decides: local, deny, bind", async (t) => {
  await t.test("local", async () => {
    SOCKSinit("test", { proxy: sockd.url, bind: "local" });
    const before = sockd.counters.accepted;
    const server = Rlisten(Rbind(net.createServer(), "127.0.0.1"), 0);
    await once(server, "listening");
    server.close();
    assert.equal(sockd.counters.accepted, before);
  });
  await t.test("deny", async () => {
    SOCKSinit("test", { proxy: sockd.url, bind: "deny" });
    const server = Rlisten(net.createServer(), 0);
    const [error] = (await once(server, "error")) as [SocksError];
    assert.deepEqual([error.code, error.syscall], ["EACCES", "listen"]);
  });
  await t.test("bind, without a peer", async () => {
    SOCKSinit("test", { proxy: sockd.url, bind: "bind" });
    const [error] = (await once(Rlisten(net.createServer(), 0), "error")) as [SocksError];
    assert.equal(error.code, "EDESTADDRREQ");
  });
});

test("policy bind: for the host of the context's last connect, or the only one there is", async () => {
  SOCKSinit("test", { proxy: sockd.url, bind: "bind" });
  const destination = async (): Promise<string | undefined> => {
    const server = Rlisten(net.createServer(), 0);
    await once(server, "listening");
    server.close();
    return sockd.sessions.at(-1)?.destination;
  };
  const outside = new AsyncResource("outside");
  const one = await connected("ftp.test");
  assert.equal(await destination(), "ftp.test:0", "the last");
  assert.equal(await outside.runInAsyncScope(destination), "ftp.test:0", "the only one");
  const other = await connected("127.0.0.1");
  assert.equal(await destination(), "127.0.0.1:0", "the last of two");
  const [error] = (await outside.runInAsyncScope(() => once(Rlisten(net.createServer(), 0), "error"))) as [
    SocksError,
  ];
  assert.equal(error.code, "EDESTADDRREQ");
  assert.match(error.message, /ftp\.test, 127\.0\.0\.1/);
  for (const control of [one, other]) control.destroy();
});

test("a connection that was reset is none any more", async () => {
  SOCKSinit("test", { proxy: sockd.url, bind: "bind" });
  const outside = new AsyncResource("outside");
  const reset = await connected("ftp.test");
  reset.resetAndDestroy();
  await once(reset, "close");
  const control = await connected("127.0.0.1");
  await outside.runInAsyncScope(async () => {
    const server = Rlisten(net.createServer(), 0);
    await once(server, "listening");
    server.close();
  });
  assert.equal(sockd.sessions.at(-1)?.destination, "127.0.0.1:0");
  control.destroy();
});

test("which of several hosts is meant is not guessed", { skip: danteSkip }, async () => {
  SOCKSinit("test", { proxy: elsewhere!.url });
  const controls = [await connected("127.0.0.1"), await connected("localhost")];
  const [error] = (await once(Rlisten(net.createServer(), 0, "127.0.0.2"), "error")) as [SocksError];
  assert.equal(error.code, "EDESTADDRREQ");
  assert.match(error.message, /127\.0\.0\.1, localhost/);
  for (const control of controls) control.destroy();
});

test("a port that the proxy cannot have is EADDRINUSE", async () => {
  const strict = await createSockd({ bindRequestedPort: true }).listen();
  SOCKSinit("test", { proxy: strict.url });
  const server = Rlisten(Rbind(net.createServer(), "127.0.0.1"), service);
  const [error] = (await once(server, "error")) as [SocksError];
  assert.deepEqual([error.code, error.syscall], ["EADDRINUSE", "bind"]);
  assert.equal(server.listening, false);
  await strict.close();
});

for (const [name, url, skip] of proxies)
  test(`another port than the one that was asked for is EADDRINUSE, through ${name}`, { skip }, async () => {
    SOCKSinit("test", { proxy: url()! });
    const nothingLeft = nothingLeftOver();
    const wanted = await freePort("127.0.0.1");
    await assert.rejects(Rbind("127.0.0.1", { port: wanted }), {
      code: "EADDRINUSE",
      syscall: "bind",
      port: wanted,
      message: /has bound port \d+ instead/,
    });
    await nothingLeft();
  });

test("a proxy without BIND is EOPNOTSUPP", async () => {
  const plain = await createSockd({ commands: ["CONNECT"] }).listen();
  SOCKSinit("test", { proxy: plain.url });
  await assert.rejects(Rbind("127.0.0.1"), { code: "EOPNOTSUPP", syscall: "bind" });
  await plain.close();
});

test("BND 0.0.0.0 means the proxy's own address", async () => {
  const vague = await createSockd({ bindAddress: "0.0.0.0" }).listen();
  SOCKSinit("test", { proxy: vague.url });
  const server = await Rbind("127.0.0.1");
  assert.equal((Rgetsockname(server) as net.AddressInfo).address, "127.0.0.1");
  server.close();
  await vague.close({ grace: 0 });
});

test("a peer that never connects is ETIMEDOUT", async () => {
  // Enough for a busy machine to be bound, and far from the default.
  SOCKSinit("test", { proxy: sockd.url, bindTimeout: 1000 });
  const nothingLeft = nothingLeftOver();
  const server = await Rbind("127.0.0.1");
  await assert.rejects(Raccept(server), { code: "ETIMEDOUT", syscall: "bind" });
  await nothingLeft();
});

test("until the proxy has answered, a server has no address, as before any 'listening'", async () => {
  SOCKSinit("test", { proxy: sockd.url });
  const server = Rlisten(Rbind(net.createServer(), "127.0.0.1"), 0);
  assert.equal(Rgetsockname(server), null);
  await once(server, "listening");
  assert.equal((Rgetsockname(server) as net.AddressInfo).address, "127.0.0.1");
  server.close();
});

test("what Node does not accept for a port is not asked of a proxy either", () => {
  SOCKSinit("test", { proxy: sockd.url });
  for (const port of [65_536, -1, 1.5])
    assert.throws(() => Rlisten(Rbind(net.createServer(), "127.0.0.1"), port), {
      code: "ERR_SOCKET_BAD_PORT",
    });
});

test("an AbortSignal closes a server at the proxy, too", async () => {
  SOCKSinit("test", { proxy: sockd.url });
  const nothingLeft = nothingLeftOver();
  for (const before of ["listening", "the answer"]) {
    const stop = new AbortController();
    const server = Rbind(net.createServer(), "127.0.0.1");
    Rlisten(server, { port: 0, signal: stop.signal });
    if (before === "listening") await once(server, "listening");
    const closed = once(server, "close");
    stop.abort();
    await closed;
    assert.equal(server.listening, false);
  }
  await nothingLeft();
});

test("a BIND goes through a chain: its last proxy listens", async () => {
  const last = await createSockd().listen();
  for (const chain of [
    [sockd.url, last.url],
    [sockd.url, last.url.replace("socks5", "socks4")],
  ]) {
    SOCKSinit("test", { chain });
    const control = await connected();
    const server = await Rbind(control);
    assert.equal(last.sessions.at(-1)?.command, "BIND");
    control.write(command(server));
    const data = await Raccept(server);
    assert.equal(data.remoteAddress, "127.0.0.1");
    assert.equal(await text(data), "hello");
    control.destroy();
    server.close();
  }
  await last.close({ grace: 0 });
});

test("a BIND at a proxy that speaks TLS", async () => {
  const secure = tls.createServer({ ...certificates.server, allowHalfOpen: true }, (client) => {
    const plain = net.connect({ port: sockd.address().port, host: "127.0.0.1", allowHalfOpen: true });
    for (const [from, to] of [
      [client, plain],
      [plain, client],
    ] as const)
      from.on("error", () => to.destroy()).pipe(to);
  });
  secure.listen(0, "127.0.0.1");
  await once(secure, "listening");
  const { port } = secure.address() as net.AddressInfo;
  SOCKSinit("test", { proxy: { host: "127.0.0.1", port, tls: { ca: certificates.ca } } });
  const control = await connected();
  const server = await Rbind(control);
  control.write(command(server));
  const data = await Raccept(server);
  assert.deepEqual([data.remoteAddress, await text(data)], ["127.0.0.1", "hello"]);
  for (const each of [control, data]) each.destroy();
  for (const each of [server, secure]) each.close();
});

/** Greeting and request of a BIND for 127.0.0.1, and the first reply to it: 127.0.0.1:4660. */
const opening: readonly Step[] = [{ expect: 13 }, { send: [5, 0, 5, 0, 0, 1, 127, 0, 0, 1, 0x12, 0x34] }];
const SECOND = [5, 0, 0, 1, 127, 0, 0, 1, 0x23, 0x45];

const failures: [what: string, steps: readonly Step[], code: string][] = [
  ["another host connected", [{ send: [5, 2, 0, 1, 0, 0, 0, 0, 0, 0] }], "EACCES"],
  ["the proxy gives up waiting", [{ send: [5, 6, 0, 1, 0, 0, 0, 0, 0, 0] }], "ETIMEDOUT"],
  ["the proxy closes", [{ end: true }], "ECONNRESET"],
  ["the proxy closes in mid-reply", [{ send: SECOND.slice(0, 7) }, { end: true }], "ECONNRESET"],
  ["the proxy resets", [{ reset: true }], "ECONNRESET"],
  ["the proxy says something else", [{ send: [4, 0] }], "EPROTO"],
];

for (const [what, steps, code] of failures)
  test(`after the first reply to a BIND ${what}: ${code}, once, and no second BIND`, async () => {
    const proxy = await scriptedProxy([...opening, { wait: 20 }, ...steps]);
    SOCKSinit("test", { proxy: [`socks5://${proxy.url}`, `socks5://${proxy.url}`] });
    const nothingLeft = nothingLeftOver();
    const server = Rlisten(Rbind(net.createServer(), "127.0.0.1"), 0);
    let listening = 0;
    server.on("listening", () => listening++);
    const [error] = (await once(server, "error")) as [SocksError];
    assert.deepEqual([error.code, error.syscall, server.listening], [code, "bind", false]);
    assert.deepEqual([listening, proxy.received.length], [1, 1]);
    await proxy.close();
    await nothingLeft();
  });

test("a second reply in pieces, and bytes of the peer right behind it", async () => {
  const pieces = SECOND.flatMap((byte) => [{ send: [byte] }, { wait: 2 }]);
  const proxy = await scriptedProxy([
    ...opening,
    ...pieces,
    { send: [...Buffer.from("hello")] },
    { end: true },
  ]);
  SOCKSinit("test", { proxy: `socks5://${proxy.url}` });
  const server = await Rbind("127.0.0.1");
  const data = await Raccept(server);
  assert.deepEqual([data.remoteAddress, data.remotePort, await text(data)], ["127.0.0.1", 0x2345, "hello"]);
  server.close();
  await proxy.close();
});

for (const option of ["timeout", "bindTimeout"])
  test(`a proxy that does not answer a BIND: ${option} ends the wait, from the dial on`, async () => {
    const proxy = await scriptedProxy([{ expect: 1 }]);
    SOCKSinit("test", { proxy: `socks5://${proxy.url}`, [option]: 50 });
    const nothingLeft = nothingLeftOver();
    await assert.rejects(Rbind("127.0.0.1"), {
      code: "ETIMEDOUT",
      syscall: "bind",
      message: new RegExp(`the option ${option} sets the limit`),
    });
    await nothingLeft();
    await proxy.close();
  });

test("a server that is closed before anybody came leaves nothing", async () => {
  SOCKSinit("test", { proxy: sockd.url });
  const nothingLeft = nothingLeftOver();
  const server = await Rbind("127.0.0.1");
  const accepting = Raccept(server);
  server.close();
  await assert.rejects(accepting, { code: "ECONNABORTED" });
  await nothingLeft();
});

test("Raccept misses no connection of an ordinary server", async () => {
  SOCKSinit("test", { proxy: sockd.url });
  const server = Rlisten(net.createServer(), 0, "127.0.0.1");
  await once(server, "listening");
  const { port } = Rgetsockname(server) as net.AddressInfo;
  const clients = [1, 2, 3].map(() => net.connect(port, "127.0.0.1"));
  for (const _ of clients) (await Raccept(server)).destroy();
  for (const client of clients) client.destroy();
  server.close();
  await assert.rejects(Raccept(net.createServer()), { code: "EINVAL" });
});
