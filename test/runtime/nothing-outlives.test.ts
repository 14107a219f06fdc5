import assert from "node:assert/strict";
import { once } from "node:events";
import { createRequire } from "node:module";
import net from "node:net";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import tls from "node:tls";
import v8 from "node:v8";
import { runInNewContext } from "node:vm";
import { Rconnect, Rtls, SOCKSinit, type SocksOptions } from "@tsocksify/runtime";
import { createSockd, type Sockd } from "tsocksify/sockd";
import * as certificates from "./support/certificates";
import { nothingLeftOver, timersOfRuntime } from "./support/left-over";

v8.setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** What handshakes are made of, and the bytes that they send, as they go by. */
const made = new Map<string, WeakRef<object>[]>();
/** What every handshake sends alike is nobody's. */
const seen = new WeakSet<object>();
const load = createRequire(require.resolve("@tsocksify/runtime"));

type Method = (this: object, ...args: unknown[]) => unknown;

function watch(file: string, name: string, method: string): void {
  const { prototype } = (load(file) as Record<string, { prototype: Record<string, Method> }>)[name]!;
  const original = prototype[method]!;
  const note = (what: string, object: object) => {
    if (!seen.has(object)) made.set(what, [...(made.get(what) ?? []), new WeakRef(object)]);
  };
  prototype[method] = function (this: object, ...args) {
    note(name, this);
    const result = original.apply(this, args);
    for (const each of [...args, result]) if (Buffer.isBuffer(each)) note(`bytes of ${name}.${method}`, each);
    return result;
  };
}
watch("./net/socketDial", "SocketDial", "connect");
watch("./net/dial", "Dial", "start");
watch("./net/passage", "Passage", "begin");
watch("./net/hedgedPassage", "HedgedPassage", "begin");
watch("./net/negotiation", "Negotiation", "receive");
watch("./net/handleCarrier", "HandleCarrier", "write");
watch("./net/socketCarrier", "SocketCarrier", "write");
watch("./protocol/socks4", "Socks4Handshake", "receive");
watch("./protocol/socks5", "Socks5Handshake", "receive");

/** What is still there of all that. */
function held(): string[] {
  collect();
  return [...made].flatMap(([what, refs]) => (refs.some((ref) => ref.deref()) ? [what] : []));
}

function listenersOf(socket: net.Socket): Record<string, number> {
  const names = socket.eventNames() as string[];
  return Object.fromEntries(names.map((name) => [name, socket.listenerCount(name)]));
}

let proxies: Sockd[];
let servers: net.Server[];
let port: number;
let secure: number;

before(async () => {
  const users = { ann: "secret" };
  proxies = await Promise.all([createSockd().listen(), createSockd({ users }).listen()]);
  const echo = (socket: net.Socket) => socket.on("error", () => {}).pipe(socket);
  servers = [net.createServer(echo), tls.createServer(certificates.server, echo)];
  for (const server of servers) await once(server.listen(0, "127.0.0.1"), "listening");
  [port, secure] = servers.map((server) => (server.address() as net.AddressInfo).port) as [number, number];
});

after(async () => {
  for (const server of servers) server.close();
  await Promise.all(proxies.map((proxy) => proxy.close({ grace: 0 })));
});

/** Options of SOCKSinit, given the authorities of a proxy and of one that wants a password. */
const shapes: Record<string, (proxy: string, locked: string) => SocksOptions> = {
  "a proxy by address": (proxy) => ({ proxy: `socks5://${proxy}` }),
  "a proxy by name": (proxy) => ({ proxy: `socks5://${proxy.replace("127.0.0.1", "localhost")}` }),
  "a proxy with a password": (_, locked) => ({ proxy: `socks5://ann:secret@${locked}` }),
  "a chain": (proxy, locked) => ({ chain: [`socks5://${proxy}`, `socks5://ann:secret@${locked}`] }),
  SOCKS4: (proxy) => ({ proxy: `socks4://${proxy}` }),
  "a proxy that gets early data": (proxy) => ({ proxy: `socks5://${proxy}`, earlyData: true }),
};

const ways: Record<string, () => net.Socket> = {
  "a socket": () => Rconnect(port, "127.0.0.1"),
  "a socket of the program's own": () => Rconnect(new net.Socket(), port, "127.0.0.1"),
  "an onread buffer": () =>
    Rconnect({ port, host: "127.0.0.1", onread: { buffer: Buffer.alloc(16), callback: () => true } }),
  TLS: () => Rtls.connect({ port: secure, host: "127.0.0.1", ca: certificates.ca }),
};

for (const [shape, init] of Object.entries(shapes))
  test(`through ${shape} nothing of the handshake outlives it`, async (t) => {
    const [proxy, locked] = proxies.map(({ url }) => new URL(url).host) as [string, string];
    SOCKSinit("test", init(proxy, locked));
    // Early data begins with the second connection to a proxy.
    const first = Rconnect(port, "127.0.0.1");
    await once(first, "connect");
    first.destroy();
    for (const refs of made.values()) for (const ref of refs) seen.add(ref.deref() ?? {});
    for (const [way, connect] of Object.entries(ways))
      await t.test(way, async () => {
        const nothingLeft = nothingLeftOver();
        made.clear();
        const socket = connect();
        const listeners = listenersOf(socket);
        socket.write("x");
        await once(socket, "connectionAttempt");
        assert.ok(timersOfRuntime() > 0, "a dial has a deadline");
        await once(socket, socket instanceof tls.TLSSocket ? "secureConnect" : "connect");
        assert.ok(made.size >= 6, [...made.keys()].join());
        // The socket is open: what is left now would be left as long as it is.
        const left = () => [...held(), ...(timersOfRuntime() > 0 ? ["a timer"] : [])];
        for (let tries = 0; left().length > 0 && tries < 50; tries++) await sleep(10);
        assert.deepEqual(left(), []);
        for (const [name, count] of Object.entries(listenersOf(socket)))
          assert.ok(count <= (listeners[name] ?? 0), `a listener of '${name}' is left`);
        socket.destroy();
        await nothingLeft();
      });
  });
