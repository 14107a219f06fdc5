import assert from "node:assert/strict";
import { once } from "node:events";
import net from "node:net";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Raccept, Rbind, Rlisten, Rselect, SOCKSinit } from "@tsocksify/runtime";
import * as b from "@tsocksify/runtime/berkeley";
import { createSockd, type Sockd } from "tsocksify/sockd";

/** What a peer does with its connection. */
const peers = {
  echoes: (socket: net.Socket) => void socket.pipe(socket),
  closes: (socket: net.Socket) => void socket.end("bye"),
  resets: (socket: net.Socket) => void socket.once("data", () => socket.resetAndDestroy()),
  stalls: (socket: net.Socket) => void socket.pause(),
};

type Peer = keyof typeof peers;

const servers = new Map<Peer, net.Server>();
let sockd: Sockd;

before(async () => {
  for (const name of Object.keys(peers) as Peer[]) {
    const server = net.createServer({ allowHalfOpen: name === "echoes" }, (socket) => {
      socket.on("error", () => {});
      peers[name](socket);
    });
    servers.set(name, server.listen(0, "127.0.0.1"));
    await once(server, "listening");
  }
  sockd = await createSockd().listen();
  SOCKSinit("test", { proxy: sockd.url });
});

after(async () => {
  for (const server of servers.values()) server.close();
  await sockd.close({ grace: 0 });
});

const tcp = (): b.Descriptor => b.socket(b.AF_INET, b.SOCK_STREAM);

const addressOf = (peer: Peer) => ({
  address: "127.0.0.1",
  port: (servers.get(peer)!.address() as net.AddressInfo).port,
});

async function connected(peer: Peer = "echoes"): Promise<b.Descriptor> {
  const s = tcp();
  await b.Rconnect(s, addressOf(peer));
  return s;
}

async function connecting(): Promise<b.Descriptor> {
  const s = tcp();
  b.fcntl(s, b.F_SETFL, b.O_NONBLOCK);
  await assert.rejects(b.Rconnect(s, addressOf("echoes")), { code: "EINPROGRESS" });
  return s;
}

async function listening(): Promise<b.Descriptor> {
  const s = tcp();
  await b.bind(s, { address: "127.0.0.1", port: 0 });
  await b.listen(s, 1);
  return s;
}

async function closed(): Promise<b.Descriptor> {
  const s = await connected();
  b.close(s);
  return s;
}

const calls: Record<string, (s: b.Descriptor) => unknown> = {
  Rconnect: (s) => b.Rconnect(s, addressOf("echoes")),
  Rbind: (s) => b.Rbind(s, { address: "127.0.0.1", port: 0 }),
  Rlisten: (s) => b.Rlisten(s, 1),
  Raccept: (s) => b.Raccept(s),
  Rgetsockname: (s) => b.Rgetsockname(s),
  getpeername: (s) => b.getpeername(s),
  send: (s) => b.send(s, "x"),
  recv: (s) => b.recv(s, 1),
  shutdown: (s) => b.shutdown(s, b.SHUT_WR),
  Rselect: (s) => b.Rselect([s], [], [], 0),
  fcntl: (s) => b.fcntl(s, b.F_GETFL),
  close: (s) => b.close(s),
};

const states: [name: string, make: () => Promise<b.Descriptor>, Record<string, string | undefined>][] = [
  ["closed", closed, Object.fromEntries(Object.keys(calls).map((call) => [call, "EBADF"]))],
  [
    "whose nonblocking connect is under way",
    connecting,
    {
      Rconnect: "EALREADY",
      Rbind: "EALREADY",
      Rlisten: "EINVAL",
      Raccept: "EINVAL",
      getpeername: "ENOTCONN",
      send: "ENOTCONN",
      recv: "ENOTCONN",
      shutdown: "ENOTCONN",
      close: undefined,
    },
  ],
  [
    "that was never connected",
    () => Promise.resolve(tcp()),
    { Raccept: "EINVAL", getpeername: "ENOTCONN", send: "ENOTCONN", recv: "ENOTCONN", shutdown: "ENOTCONN" },
  ],
  [
    "that is connected",
    () => connected(),
    { Rconnect: "EISCONN", Rbind: "EINVAL", Rlisten: "EINVAL", Raccept: "EINVAL", shutdown: undefined },
  ],
  [
    "that listens",
    listening,
    { Rconnect: "EINVAL", Rbind: "EINVAL", Rlisten: undefined, send: "ENOTCONN", recv: "ENOTCONN" },
  ],
];

for (const [state, make, expected] of states)
  for (const [call, code] of Object.entries(expected))
    test(`${call} of a descriptor ${state}: ${code ?? "as in C"}`, async () => {
      const s = await make();
      const outcome = (async () => calls[call]!(s))();
      if (code === undefined) await outcome;
      else
        await assert.rejects(outcome, (error: NodeJS.ErrnoException) => {
          assert.deepEqual([error.code, error.syscall], [code, call.replace(/^R/, "")]);
          assert.ok(error.errno! < 0);
          return true;
        });
      if (s.state !== "closed") b.close(s);
    });

test("a bind sequence is refused while another descriptor's nonblocking connect is under way, and possible after", async () => {
  const control = await connecting();
  const s = tcp();
  for (const start of [() => b.Rbind(s, { address: "0.0.0.0", port: 0 }), () => b.Rlisten(s, 1)])
    await assert.rejects(start(), { code: "EALREADY", syscall: "bind" });
  await b.Rselect([], [control], [], null);
  await b.Rbind(s, { address: "0.0.0.0", port: 0 });
  assert.equal(sockd.sessions.at(-1)?.command, "BIND");
  for (const each of [control, s]) b.close(each);
});

test("a connect that cannot even begin leaves the descriptor as it was", async () => {
  const s = tcp();
  await assert.rejects(b.Rconnect(s, { address: "127.0.0.1", port: 70_000 }), {
    code: "ERR_SOCKET_BAD_PORT",
  });
  await b.Rconnect(s, addressOf("echoes"));
  b.close(s);
});

test("send: EPIPE after shutdown, and after what broke the connection was told once", async () => {
  const shut = await connected();
  b.shutdown(shut, b.SHUT_WR);
  await assert.rejects(b.send(shut, "x"), { code: "EPIPE", syscall: "send" });
  b.close(shut);

  const broken = await connected("resets");
  await b.send(broken, "x");
  await assert.rejects(b.recv(broken, 1), { code: "ECONNRESET" });
  assert.equal((await b.recv(broken, 1)).length, 0, "then the end");
  await assert.rejects(b.send(broken, "x"), { code: "EPIPE" });
  b.close(broken);
});

test("send of a nonblocking descriptor does not wait: it takes the bytes, or is EWOULDBLOCK", async () => {
  const s = await connected("stalls");
  b.fcntl(s, b.F_SETFL, b.O_NONBLOCK);
  const piece = Buffer.alloc(1 << 20);
  let taken = 0;
  await assert.rejects(
    async () => {
      for (; taken < 64; taken++) assert.equal(await b.send(s, piece), piece.length);
    },
    { code: "EWOULDBLOCK", syscall: "send" },
  );
  assert.ok(taken > 0);
  assert.deepEqual((await b.Rselect([], [s], [], 0)).writes, [], "nor is it ready");
  b.close(s);
});

test("recv: the rest after a shutdown for writing, nothing after one for reading, no bytes for 0", async () => {
  const s = await connected();
  await b.send(s, "the rest");
  b.shutdown(s, b.SHUT_WR);
  assert.equal((await b.recv(s, 0)).length, 0);
  await assert.rejects(b.recv(s, -1), { code: "EINVAL" });
  let text = "";
  for (let bytes = await b.recv(s, 3); bytes.length > 0; bytes = await b.recv(s, 3)) text += String(bytes);
  assert.equal(text, "the rest");
  b.close(s);

  const deaf = await connected();
  b.shutdown(deaf, b.SHUT_RD);
  assert.deepEqual((await b.Rselect([deaf], [], [], 0)).reads, [deaf]);
  assert.equal((await b.recv(deaf, 10)).length, 0);
  assert.throws(() => b.shutdown(deaf, 7), { code: "EINVAL" });
  b.close(deaf);
});

test("waiting leaves no listener behind", async () => {
  const s = await connected();
  const count = (): number =>
    s.socket!.eventNames().reduce((sum, name) => sum + s.socket!.listenerCount(name), 0);
  const before = count();
  for (let i = 0; i < 20; i++) {
    const bytes = b.recv(s, 1);
    await b.send(s, "x");
    await bytes;
    await b.Rselect([s], [], [s], 1);
  }
  assert.equal(count(), before);
  b.close(s);
});

test("select: null waits, 0 looks, more than setTimeout can wait is waited for", async () => {
  const s = await connected();
  const nothing = { reads: [], writes: [], excepts: [] };
  assert.deepEqual(await b.Rselect([s], [], [s], 0), nothing);
  for (const timeout of [null, undefined, Infinity, 2 ** 40]) {
    const selected = b.Rselect([s], [], [], timeout);
    assert.equal(await Promise.race([selected, sleep(30, "waits")]), "waits");
    await b.send(s, "x");
    assert.deepEqual((await selected).reads, [s]);
    await b.recv(s, 1);
  }
  for (const timeout of [-1, NaN])
    await assert.rejects(b.Rselect([s], [], [], timeout), { code: "EINVAL", syscall: "select" });
  assert.deepEqual(await b.Rselect([], [], [], 1), nothing, "a sleep");
  b.close(s);
});

test("select: EBADF for what is closed meanwhile, and for no socket at all; ready if it was never connected", async () => {
  for (const s of [await connected(), await listening()]) {
    const selected = b.Rselect([s], [], [], null);
    b.close(s);
    await assert.rejects(selected, { code: "EBADF" });
  }
  await assert.rejects(b.Rselect([5 as unknown as net.Socket]), { code: "EBADF" });
  const fresh = tcp();
  assert.deepEqual(await b.Rselect([fresh], [fresh], [fresh], null), {
    reads: [fresh],
    writes: [fresh],
    excepts: [],
  });
});

test("select: a BIND that fails while it waits is ready, exceptional, and told to the accept", async () => {
  const proxy = await createSockd().listen();
  SOCKSinit("test", { proxy: proxy.url });
  const awaited = await Rbind("127.0.0.1");
  const evented = Rlisten(Rbind(net.createServer(), "127.0.0.1"), 0);
  await once(evented, "listening");
  SOCKSinit("test", { proxy: sockd.url });
  const selected = [evented, awaited].map((server) => Rselect([server], [], [server], null));
  await proxy.close({ grace: 0 });
  for (const [i, server] of [evented, awaited].entries()) {
    assert.deepEqual((await selected[i]!).reads, [server]);
    assert.deepEqual((await Rselect([], [], [server], 0)).excepts, [server]);
    await assert.rejects(Raccept(server), { code: "ECONNRESET" });
    assert.deepEqual((await Rselect([server], [], [server], 0)).reads, [], "once");
  }
});

test("select: a peer's end is ready to read, its reset exceptional, on net.Sockets", async () => {
  const ended = net.connect(addressOf("closes").port, "127.0.0.1");
  assert.deepEqual((await Rselect([ended], [], [], null)).reads, [ended]);
  assert.equal(String(ended.read()), "bye");
  const broken = net.connect(addressOf("resets").port, "127.0.0.1");
  broken.write("x");
  assert.deepEqual((await Rselect([], [], [broken], null)).excepts, [broken]);
  for (const socket of [ended, broken]) socket.destroy();
});

/** An rshd that `serve`s what comes on its connections. */
async function shell(serve: (socket: net.Socket, text: string) => void): Promise<net.Server> {
  const server = net.createServer((socket) => {
    let text = "";
    socket.on("error", () => {}).on("data", (bytes) => serve(socket, (text += String(bytes))));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

const portOf = (server: net.Server): number => (server.address() as net.AddressInfo).port;

test("rcmd takes stderr from the host that it has asked, and from no other", async () => {
  let asked = false;
  const server = await shell((socket, text) => {
    const parts = text.split("\0");
    if (parts.length === 2 && !asked) {
      asked = true;
      const place = { port: Number(parts[0]), host: "127.0.0.1" };
      const stranger = net.connect({ ...place, localAddress: "127.0.0.2" }, () => stranger.end("stranger"));
      stranger.on("error", () => {}).resume();
      stranger.once("close", () =>
        net
          .connect(place, function (this: net.Socket) {
            this.end("stderr");
          })
          .on("error", () => {}),
      );
    }
    if (parts.length === 5) socket.end("\0");
  });
  const { socket, stderr } = await b.rcmd("127.0.0.1", portOf(server), "me", "you", "date", true);
  let text = "";
  for await (const bytes of stderr!) text += String(bytes);
  assert.equal(text, "stderr");
  socket.destroy();
  server.close();
});

test("an rshd whose message does not end is cut short", async () => {
  const server = await shell((socket, text) => {
    if (text.split("\0").length === 5) socket.write(`\x01${"no ".repeat(2000)}`);
  });
  await assert.rejects(b.Rrcmd("127.0.0.1", portOf(server), "me", "you", "date"), {
    code: "EACCES",
    syscall: "rcmd",
    message: /no no/,
  });
  server.close();
});
