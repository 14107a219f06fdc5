import assert from "node:assert/strict";
import { AsyncLocalStorage } from "node:async_hooks";
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { inherits, inspect } from "node:util";
import { Rconnect, Rgetsockname, Rlisten, Rnet, SOCKSinit, type SocksError } from "@tsocksify/runtime";
import { createSockd, type Sockd } from "tsocksify/sockd";
import { freePort } from "../support/peers/daemon";
import { nothingLeftOver } from "./support/left-over";
import { scriptedProxy } from "./support/scripted-proxy";

const hosts = { "echo.test": "127.0.0.1" };
let sockd: Sockd;
let echo: net.Server;
let port: number;
let accepted = 0;

before(async () => {
  sockd = await createSockd({ hosts }).listen();
  SOCKSinit("test", { proxy: sockd.url });
  echo = net.createServer({ allowHalfOpen: true }, (socket) => {
    accepted++;
    socket.on("error", () => {}).pipe(socket);
  });
  echo.listen(0, "127.0.0.1");
  await once(echo, "listening");
  port = (echo.address() as net.AddressInfo).port;
});

after(async () => {
  // Every connection that the server has seen was the proxy's; of a dial given up early it may have seen nothing.
  const connects = Object.values(sockd.counters.connects).reduce((sum, count) => sum + count, 0);
  echo.close();
  await sockd.close({ grace: 0 });
  assert.ok(accepted > 0 && accepted <= connects, `${accepted} accepted, ${connects} made`);
});

async function text(socket: net.Socket): Promise<string> {
  let all = "";
  for await (const bytes of socket) all += String(bytes);
  return all;
}

test("Rconnect makes a net.Socket", async () => {
  const socket = Rconnect(port, "echo.test");
  assert.ok(socket instanceof net.Socket && socket instanceof Rnet.Socket);
  assert.equal(socket.constructor.name, "Socket");
  assert.match(inspect(socket), /^(?:<ref \*1> )?Socket \{/);
  assert.deepEqual([socket.connecting, socket.pending, socket.readyState], [true, true, "opening"]);
  await once(socket, "connect");
  assert.deepEqual([socket.connecting, socket.pending, socket.readyState], [false, false, "open"]);
  socket.destroy();
});

test("Rconnect(socket, …) connects that very socket and returns it", async () => {
  const socket = new net.Socket();
  assert.equal(Rconnect(socket, port, "echo.test"), socket);
  socket.end("same");
  assert.equal(await text(socket), "same");
});

class Place {
  readonly #host = "echo.test";
  get host(): string {
    return this.#host;
  }
  get port(): number {
    return port;
  }
}

test("each form of arguments that net.connect takes is taken", async (t) => {
  const forms: [string, (listener: () => void) => net.Socket][] = [
    ["port, host, listener", (listener) => Rconnect(port, "127.0.0.1", listener)],
    ["port, listener", (listener) => Rconnect(port, listener as never)],
    ["options, listener", (listener) => Rconnect({ port, host: "echo.test" }, listener)],
    [
      "socket, options, listener",
      (listener) => Rconnect(new net.Socket(), { port, host: "echo.test" }, listener),
    ],
    [
      "port as a string",
      (listener) => Rconnect({ port: String(port) as never, host: "echo.test" }, listener),
    ],
    [
      "options that are inherited",
      (listener) => Rconnect(Object.create({ port, host: "echo.test" }) as net.TcpNetConnectOpts, listener),
    ],
    ["options that a class answers", (listener) => Rconnect(new Place(), listener)],
  ];
  for (const [what, dial] of forms)
    await t.test(what, async () => {
      const socket = await new Promise<net.Socket>((resolve, reject) => {
        const made: net.Socket = dial(() => resolve(made));
        made.once("error", reject);
      });
      socket.destroy();
    });
});

test("options that Node refuses are refused in the same way, before anything is dialled", async (t) => {
  const before = sockd.counters.accepted;
  // With rules, which look at the destination before Node does.
  SOCKSinit("test", { proxy: sockd.url, noProxy: "exempt.test, 10.0.0.0/8" });
  t.after(() => SOCKSinit("test", { proxy: sockd.url }));
  const wrong: [string, unknown[]][] = [
    ["no port", [{}]],
    ["a port out of range", [{ port: 65536 }]],
    ["a port that is no number", [{ port: "x" }]],
    ["localAddress that is no address", [{ port: 1, localAddress: "name" }]],
    ["localPort that is no number", [{ port: 1, localPort: "x" }]],
    ["lookup that is no function", [{ port: 1, host: "name", lookup: 1 }]],
    ["hints out of range", [{ port: 1, host: "name", hints: 0xffff }]],
    ["autoSelectFamily that is no boolean", [{ port: 1, host: "name", autoSelectFamily: "yes" }]],
    ["a host that is an object", [{ port: 1, host: {} }]],
    ["a host that is a number", [{ port: 1, host: 5 }]],
    ["a host that is a symbol", [{ port: 1, host: Symbol("host") }]],
    ["a port that is a symbol", [{ port: Symbol("port"), host: "name" }]],
    ["a path that is no string", [{ path: 1 }]],
  ];
  for (const [what, args] of wrong)
    await t.test(what, () => {
      const errorOf = (dial: () => net.Socket): NodeJS.ErrnoException => {
        try {
          dial().destroy();
        } catch (error) {
          return error as NodeJS.ErrnoException;
        }
        return assert.fail("nothing was thrown");
      };
      const expected = errorOf(() => Reflect.apply(net.connect, net, args) as net.Socket);
      const actual = errorOf(() => Reflect.apply(Rconnect, undefined, args) as net.Socket);
      assert.deepEqual([actual.code, actual.message], [expected.code, expected.message]);
    });
  assert.equal(sockd.counters.accepted, before);
});

test("a missing receiver is a TypeError, never a dial", () => {
  const before = sockd.counters.accepted;
  for (const receiver of [undefined, null])
    assert.throws(() => Rconnect(receiver as never, port), { name: "TypeError" });
  assert.equal(Rconnect.of(undefined), undefined);
  assert.equal(Rconnect.of(null)?.(port), undefined);
  assert.equal(sockd.counters.accepted, before);
});

test("an override of connect is asked first; super.connect is not", async () => {
  class Counting extends Rnet.Socket {
    calls = 0;
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as Node's declaration, which has many forms
    override connect(...args: any[]): this {
      this.calls++;
      return Rconnect.call(this, ...args);
    }
  }
  const socket = new Counting();
  assert.equal(Rconnect(socket, port, "echo.test"), socket);
  assert.equal(socket.calls, 1);
  await once(socket, "connect");
  socket.destroy();
  const another = new Counting();
  await once(Rconnect.of(another)(port, "echo.test"), "connect");
  assert.equal(another.calls, 1);
  another.destroy();
});

test("Rnet.Socket serves as a class in every way that net.Socket does", async (t) => {
  const Old = function (this: net.Socket) {
    (Rnet.Socket as unknown as (this: net.Socket) => void).call(this);
  } as unknown as new () => net.Socket;
  inherits(Old, Rnet.Socket);
  class New extends Rnet.Socket {}
  const withoutNew = Rnet.Socket as unknown as () => net.Socket;
  const ways: [string, () => net.Socket][] = [
    ["new", () => new Rnet.Socket()],
    ["without new", () => withoutNew()],
    ["class extends", () => new New()],
    ["util.inherits", () => new Old()],
    ["Stream", () => new (Rnet as unknown as { Stream: typeof net.Socket }).Stream()],
  ];
  for (const [what, make] of ways)
    await t.test(what, async () => {
      const socket = make();
      assert.ok(socket instanceof net.Socket && socket instanceof Rnet.Socket);
      // A library that was never compiled calls connect itself.
      socket.connect(port, "echo.test").end("through");
      assert.equal(await text(socket), "through");
    });
  assert.ok(new net.Socket() instanceof Rnet.Socket);
  assert.ok(!(new net.Socket() instanceof New));
});

test("writes before connect arrive in order, and are counted as they are", async () => {
  const socket = Rconnect(port, "echo.test");
  socket.write("one ");
  socket.write("two ");
  assert.equal(socket.bytesWritten, 8);
  socket.end("three");
  assert.equal(await text(socket), "one two three");
  assert.deepEqual([socket.bytesWritten, socket.bytesRead], [13, 13]);
});

test("the far end is the destination, the near end is the proxy's", async () => {
  const socket = Rconnect(port, "127.0.0.1");
  await once(socket, "connect");
  assert.deepEqual(
    [socket.remoteAddress, socket.remotePort, socket.remoteFamily],
    ["127.0.0.1", port, "IPv4"],
  );
  assert.deepEqual(Rgetsockname(socket), { address: "127.0.0.1", port: socket.localPort, family: "IPv4" });
  const session = sockd.sessions.find(({ bound }) => bound === `127.0.0.1:${socket.localPort}`);
  assert.equal(session?.destination, `127.0.0.1:${port}`);
  socket.destroy();
});

test("a second connect is refused as the kernel would, and a destroyed socket can connect again", async () => {
  const socket = Rconnect(port, "echo.test");
  await once(socket, "connect");
  Rconnect(socket, port, "127.0.0.1");
  const [error] = (await once(socket, "error")) as [NodeJS.ErrnoException];
  assert.equal(error.code, "EISCONN");
  if (!socket.closed) await once(socket, "close");
  Rconnect(socket, port, "echo.test");
  await once(socket, "connect");
  socket.end("again");
  assert.equal(await text(socket), "again");
});

test("destroy at any stage leaves nothing, and emits close and nothing else", async (t) => {
  const stages: [string, (socket: net.Socket) => Promise<unknown> | undefined][] = [
    ["at once", () => undefined],
    ["in the next tick", () => new Promise((go) => process.nextTick(go))],
    ["in the next turn", () => new Promise((go) => setImmediate(go))],
    ["during the handshake", () => new Promise((go) => setTimeout(go, 2))],
    ["when connected", (socket) => once(socket, "connect")],
  ];
  const proxy = await scriptedProxy([
    { expect: 13 },
    { wait: 20 },
    { send: [5, 0, 5, 0, 0, 1, 127, 0, 0, 1, 0, 80] },
  ]);
  SOCKSinit("test", { proxy: `socks5://${proxy.url}` });
  for (const [what, wait] of stages)
    await t.test(what, async () => {
      const nothingLeft = nothingLeftOver();
      const socket = Rconnect(80, "192.0.2.1");
      socket.on("error", assert.fail);
      await wait(socket);
      socket.destroy();
      if (!socket.closed) await once(socket, "close");
      assert.equal(socket.connecting, false);
      await nothingLeft();
    });
  SOCKSinit("test", { proxy: sockd.url });
  await proxy.close();
});

test("a failed connect is told as Node tells it: the attempt that has failed, then the error, then close", async () => {
  const refused = await freePort("127.0.0.1");
  const told = async (connect: typeof net.connect) => {
    const socket = connect(refused, "127.0.0.1");
    const events: unknown[] = [];
    socket.on("connectionAttempt", (...args) => events.push(["connectionAttempt", ...args]));
    socket.on("connectionAttemptFailed", (address, port, family, error: NodeJS.ErrnoException) =>
      events.push(["connectionAttemptFailed", address, port, family, error.code, socket.connecting]),
    );
    socket.on("error", (error: NodeJS.ErrnoException) => events.push(["error", error.code]));
    await new Promise((resolve) => socket.once("close", resolve));
    return events;
  };
  const events = await told(Rconnect as typeof net.connect);
  assert.equal(events.length, 3);
  assert.deepEqual(events, await told(net.connect));
});

const knowsBlockList = "blockList" in new net.Socket({ blockList: new net.BlockList() } as never);
const blockListSkip = knowsBlockList ? false : `Node ${process.version} has no option blockList`;

test(
  "a blockList is never passed over: of a name the proxy alone knows the address",
  { skip: blockListSkip },
  async () => {
    const blockList = new net.BlockList();
    blockList.addSubnet("10.0.0.0", 8);
    const before = sockd.counters.accepted;
    const [error] = (await once(Rconnect({ port, host: "echo.test", blockList } as never), "error")) as [
      SocksError,
    ];
    assert.deepEqual(
      [error.code, error.stage, error.address],
      ["ERR_IP_BLOCKED", "configuration", "echo.test"],
    );
    assert.match(error.remedy, /lookup/);
    assert.equal(sockd.counters.accepted, before);
    const lookup: net.LookupFunction = (_name, options, callback) =>
      options.all
        ? callback(null, [{ address: "127.0.0.1", family: 4 }] as never)
        : callback(null, "127.0.0.1", 4);
    for (const host of [{ host: "127.0.0.1" }, { host: "echo.test", lookup }]) {
      const socket = Rconnect({ port, ...host, blockList } as never);
      await once(socket, "connect");
      socket.destroy();
    }
  },
);

const { BoundSocket } = net as { BoundSocket?: new (options: object) => object };

test(
  "a socket that is bound already is never connected directly",
  {
    skip: BoundSocket ? false : `Node ${process.version} has no net.BoundSocket`,
  },
  async () => {
    const before = accepted;
    for (const place of [{}, { host: "127.0.0.1" }]) {
      const socket = new net.Socket({ handle: new BoundSocket!(place) } as never);
      const [error] = (await once(Rconnect(socket, port, "127.0.0.1"), "error")) as [SocksError];
      assert.deepEqual([error.code, error.syscall], ["EADDRNOTAVAIL", "bind"]);
    }
    assert.equal(accepted, before);
    const refused = new net.Socket({ handle: new BoundSocket!({}) } as never);
    assert.throws(() => Rconnect(refused, -1, "127.0.0.1"), { code: "ERR_SOCKET_BAD_PORT" });
  },
);

test("a socket that is connecting does not show the proxy's password, however deep it is inspected", async () => {
  SOCKSinit("test", { proxy: sockd.url.replace("//", "//joe:s3cret@") });
  for (const wait of [() => Promise.resolve(), () => new Promise(setImmediate)]) {
    const socket = Rconnect(port, "echo.test").on("error", () => {});
    await wait();
    assert.doesNotMatch(inspect(socket, { depth: null, showHidden: true }), /s3cret/);
    socket.destroy();
  }
  SOCKSinit("test", { proxy: sockd.url });
});

test("an AbortSignal ends the dial", async () => {
  const stop = new AbortController();
  const socket = Rconnect({ port, host: "echo.test", signal: stop.signal } as net.NetConnectOpts);
  setImmediate(() => stop.abort());
  const [error] = (await once(socket, "error")) as [Error];
  assert.equal(error.name, "AbortError");
});

test("a socket that is not readable gets none of the bytes that came with the reply", async () => {
  const proxy = await scriptedProxy([
    { expect: 13 },
    { send: [5, 0, 5, 0, 0, 1, 127, 0, 0, 9, 0x12, 0x34, ...Buffer.from("hello")] },
  ]);
  SOCKSinit("test", { proxy: `socks5://${proxy.url}` });
  const failures: Error[] = [];
  const socket = Rconnect({ port: 80, host: "192.0.2.1", readable: false } as net.NetConnectOpts);
  socket.on("error", (error) => failures.push(error));
  await new Promise((resolve) => socket.once("connect", resolve));
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.deepEqual(failures, []);
  socket.destroy();
  SOCKSinit("test", { proxy: sockd.url });
  await proxy.close();
});

test("onread buffers get every byte, also those that come with the reply", async () => {
  const talkative = net.createServer((socket) => socket.end("0123456789".repeat(10)));
  talkative.listen(0, "127.0.0.1");
  await once(talkative, "listening");
  let received = "";
  const socket = Rconnect({
    port: (talkative.address() as net.AddressInfo).port,
    host: "127.0.0.1",
    onread: {
      buffer: Buffer.alloc(7),
      callback: (length, buffer) => {
        received += Buffer.from(buffer).toString("latin1", 0, length);
        return true;
      },
    },
  });
  socket.resume();
  await once(socket, "close");
  assert.equal(received, "0123456789".repeat(10));
  talkative.close();
});

test("a socket paused in its onread callback gets none of the bytes that came with the reply until it is resumed", async () => {
  const reply = [5, 0, 0, 1, 127, 0, 0, 9, 0x12, 0x34];
  const proxy = await scriptedProxy([
    { expect: 13 },
    { send: [5, 0, ...reply, ...Buffer.from("0123456789")] },
    { end: true },
  ]);
  SOCKSinit("test", { proxy: `socks5://${proxy.url}` });
  const pieces: string[] = [];
  const whilePaused: string[] = [];
  let paused = false;
  const socket = Rconnect({
    port: 80,
    host: "192.0.2.1",
    onread: {
      buffer: Buffer.alloc(4),
      callback(length, buffer) {
        const piece = Buffer.from(buffer).toString("latin1", 0, length);
        (paused ? whilePaused : pieces).push(piece);
        paused = true;
        socket.pause();
        setTimeout(() => {
          paused = false;
          socket.resume();
        }, 5);
        return true;
      },
    },
  });
  SOCKSinit("test", { proxy: sockd.url });
  await once(socket, "close");
  assert.deepEqual({ pieces, whilePaused }, { pieces: ["0123", "4567", "89"], whilePaused: [] });
  await proxy.close();
});

test("a socket that is paused when it connects is not read from until it is resumed", async (t) => {
  const pauses: Record<string, (socket: net.Socket) => void> = {
    "before it connects": (socket) => socket.pause(),
    "in its 'connect' listener": (socket) => socket.once("connect", () => socket.pause()),
  };
  for (const [when, pause] of Object.entries(pauses))
    await t.test(when, async () => {
      const [paused, other] = [Rconnect(port, "127.0.0.1"), Rconnect(port, "127.0.0.1")];
      pause(paused);
      await Promise.all([once(paused, "connect"), once(other, "connect")]);
      // What the other one gets back was sent later.
      for (const socket of [paused, other]) socket.write("x");
      for (const byte of ["x", "y"]) {
        assert.equal(String(((await once(other, "data")) as [Buffer])[0]), byte);
        other.write("y");
      }
      assert.equal(paused.bytesRead, 0);
      paused.resume();
      assert.equal(String(((await once(paused, "data")) as [Buffer])[0]), "x");
      for (const socket of [paused, other]) socket.destroy();
    });
});

test("a paused socket whose 'connect' listener reads is read from, as Node has it", async () => {
  const socket = Rconnect(port, "127.0.0.1").pause();
  socket.once("connect", () => socket.read(0));
  await once(socket, "connect");
  socket.write("x");
  await once(socket, "readable");
  assert.equal(String(socket.read()), "x");
  socket.destroy();
});

test("the caller's asynchronous context is there when it is connected", async () => {
  const storage = new AsyncLocalStorage<string>();
  const seen = await storage.run("mine", () => {
    const socket = Rconnect(port, "echo.test");
    return new Promise((resolve) => {
      socket.once("connect", () => {
        socket.destroy();
        resolve(storage.getStore());
      });
    });
  });
  assert.equal(seen, "mine");
});

test("an unref'd socket does not keep the process alive, at any stage", () => {
  const program = `
    const { Rconnect } = require("@tsocksify/runtime");
    const socket = Rconnect(9, "127.0.0.1");
    socket.on("error", (error) => { console.log(error.code); });
    if (process.argv[1] === "unref") socket.unref();
  `;
  const silent = spawnSync(process.execPath, ["-e", program, "unref"], {
    env: { ...process.env, SOCKS_SERVER: sockd.url },
    timeout: 20_000,
  });
  assert.deepEqual([silent.status, silent.stdout.toString()], [0, ""]);
});

test("Unix sockets are direct by nature", async () => {
  const folder = mkdtempSync(join(tmpdir(), "tsocksify-"));
  const path = join(folder, "echo.sock");
  const server = Rlisten(
    net.createServer((socket) => socket.end("local")),
    path,
  );
  await once(server, "listening");
  assert.equal(await text(Rconnect(path)), "local");
  assert.equal(await text(Rconnect(new net.Socket(), { path })), "local");
  server.close();
  rmSync(folder, { recursive: true });
});

test("a bind before connect that claims something is an error; one that claims nothing is nothing", async () => {
  const socket = Rconnect({ port, host: "127.0.0.1", localAddress: "0.0.0.0", localPort: 0 });
  await once(socket, "connect");
  socket.destroy();
  const free = await freePort("127.0.0.1");
  const claims: [{ localAddress?: string; localPort?: number }, string][] = [
    [{ localAddress: "127.0.0.2" }, "localAddress asks for 127.0.0.2, which is the proxy's to choose"],
    [{ localPort: free }, `localPort asks for ${free}, which is the proxy's to choose`],
    [
      { localAddress: "127.0.0.2", localPort: free },
      `localAddress asks for 127.0.0.2 and localPort for ${free}, which is the proxy's to choose`,
    ],
  ];
  for (const [options, reason] of claims) {
    const [error] = await once(Rconnect({ port, host: "127.0.0.1", ...options }), "error");
    assert.deepEqual([error.code, error.syscall, error.reason], ["EADDRNOTAVAIL", "bind", reason]);
  }
});

test("a lookup function of the program's own is asked, and its address dialled through the proxy", async () => {
  const lookup: net.LookupFunction = (_name, options, callback) =>
    options.all
      ? callback(null, [{ address: "127.0.0.1", family: 4 }] as never, 4)
      : callback(null, "127.0.0.1", 4);
  const socket = Rconnect({ port, host: "only.here", lookup });
  const [, address] = await once(socket, "lookup");
  assert.equal(address, "127.0.0.1");
  socket.end("found");
  assert.equal(await text(socket), "found");
});

test("of several addresses the next is tried when the proxy closes instead of a reply, as ssh -D does", async (t) => {
  const proxy = await scriptedProxy(
    [{ expect: 3 }, { send: [5, 0] }, { expect: 13 }, { end: true }],
    [{ expect: 3 }, { send: [5, 0] }, { expect: 13 }, { send: [5, 0, 0, 1, 127, 0, 0, 9, 0x12, 0x34] }],
  );
  t.after(() => proxy.close());
  SOCKSinit("test", { proxy: `socks5://${proxy.url}`, pipeline: false });
  t.after(() => SOCKSinit("test", { proxy: sockd.url }));
  const lookup: net.LookupFunction = (_name, _options, callback) =>
    callback(null, [
      { address: "192.0.2.1", family: 4 },
      { address: "192.0.2.2", family: 4 },
    ]);
  const dial = () => Rconnect({ port: 80, host: "two.test", lookup, autoSelectFamily: true });
  const socket = dial();
  await once(socket, "connect");
  assert.equal(socket.remoteAddress, "192.0.2.2");
  socket.destroy();

  const closes = await scriptedProxy([{ expect: 3 }, { send: [5, 0] }, { expect: 13 }, { end: true }]);
  t.after(() => closes.close());
  SOCKSinit("test", { proxy: `socks5://${closes.url}`, pipeline: false });
  const [{ code, errors }] = (await once(dial(), "error")) as [AggregateError & SocksError];
  assert.equal(code, "ECONNRESET");
  assert.deepEqual(
    (errors as SocksError[]).map(({ address, proxy }) => [address, proxy]),
    ["192.0.2.1", "192.0.2.2"].map((address) => [address, `socks5://${closes.url}`]),
  );
});
