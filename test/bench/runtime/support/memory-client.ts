import { once } from "node:events";
import http from "node:http";
import net from "node:net";
import tls from "node:tls";
import { Rconnect, Rhttp, Rnet, Rtls, SOCKSinit } from "@tsocksify/runtime";
import { ca } from "../../../runtime/support/certificates";

/** Where the servers are. */
export interface Places {
  /** Of a proxy that grants everything, answers requests, and connects nowhere. */
  idle: number;
  /** Of a TLS server, and the proxy through which it is reached. */
  secure: number;
  proxy: string;
}

/** Bytes of this process. */
export interface Memory {
  /** Of JavaScript: the heap, and what it holds outside of it. */
  heap: number;
  /** What the kernel has given it: also native memory, and what the heap keeps in reserve. */
  resident: number;
}

type Open = () => Promise<net.Socket>;

const host = "127.0.0.1";
const [way, places] = process.argv.slice(2) as [keyof ReturnType<typeof ways>, string];

/** Plain, and through SOCKS, two by two. */
export function ways({ idle, secure, proxy }: Places) {
  const through = (name: string) => SOCKSinit("bench", { proxy: `socks5://${name}:${idle}` });
  const onread = () => ({ buffer: new Uint8Array(16), callback: () => true });
  const destination = { host: "192.0.2.1", port: 80 };
  const [plain, ours] = [{ host, port: idle }, destination];
  const encrypted = { host, port: secure, servername: "secure.test", ca };
  return {
    "net.connect": () => () => connected(net.connect(plain)),
    Rconnect: () => (through(host), () => connected(Rconnect(ours))),
    "Rconnect, proxy by name": () => (through("localhost"), () => connected(Rconnect(ours))),
    "new net.Socket": () => () => connected(new net.Socket().connect(plain)),
    "Rconnect(socket)": () => (through(host), () => connected(Rconnect(new net.Socket(), ours))),
    "new Rnet.Socket": () => (through(host), () => connected(new Rnet.Socket().connect(ours))),
    "net.connect, onread": () => () => connected(net.connect({ ...plain, onread: onread() })),
    "Rconnect, onread": () => (through(host), () => connected(Rconnect({ ...ours, onread: onread() }))),
    "http.Agent": () => kept(http, plain),
    "Rhttp.Agent": () => (through(host), kept(Rhttp, ours)),
    "tls.connect": () => () => connected(tls.connect(encrypted), "secureConnect"),
    "Rtls.connect": () => (
      SOCKSinit("bench", { proxy }),
      () => connected(Rtls.connect(encrypted), "secureConnect")
    ),
  } satisfies Record<string, () => Open>;
}

async function connected(socket: net.Socket, event = "connect"): Promise<net.Socket> {
  await once(socket, event);
  return socket;
}

/** Connections of agents, kept alive after a request each: two hundred an agent, and no more, since it would reuse them. */
function kept({ Agent, get }: typeof http, place: { host: string; port: number }): Open {
  let [agent, opened] = [new Agent({ keepAlive: true }), 0];
  return async () => {
    if (opened++ % 200 === 0) agent = new Agent({ keepAlive: true });
    const [response] = (await once(get({ ...place, agent }), "response")) as [http.IncomingMessage];
    const { socket } = response;
    await once(response.resume(), "end");
    return socket;
  };
}

async function settled(): Promise<Memory> {
  for (let i = 0; i < 5; i++) {
    global.gc!();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const { heapUsed, external, rss } = process.memoryUsage();
  return { heap: heapUsed + external, resident: rss };
}

/** @returns what each socket takes */
async function measure(open: Open, count: number): Promise<Memory> {
  const sockets: net.Socket[] = [];
  const fill = async (until: number): Promise<void> => {
    while (sockets.length < until) sockets.push(...(await Promise.all(Array.from({ length: 200 }, open))));
  };
  // The first ones fill caches and pools.
  await fill(400);
  const first = sockets.length;
  const before = await settled();
  await fill(first + count);
  const after = await settled();
  const each = sockets.length - first;
  await Promise.all(sockets.map(reset));
  return {
    heap: (after.heap - before.heap) / each,
    resident: (after.resident - before.resident) / each,
  };
}

/** A reset leaves no port in TIME_WAIT, of which there are fewer than connections here. */
async function reset(socket: net.Socket): Promise<void> {
  if (socket instanceof tls.TLSSocket) socket.destroy();
  else socket.resetAndDestroy();
  if (!socket.closed) await once(socket, "close");
}

/** @returns by how many bytes connections, one after the other, have made the heap grow */
async function grown(open: Open, count: number): Promise<number> {
  const run = async (connects: number): Promise<void> => {
    for (let i = 0; i < connects; i += 50)
      await Promise.all(Array.from({ length: 50 }, async () => reset(await open())));
  };
  await run(2000);
  const before = await settled();
  await run(count);
  return (await settled()).heap - before.heap;
}

/** What the parent asks for. */
export type Question = { sockets: number } | { connects: number };

if (process.send) {
  const open = ways(JSON.parse(places) as Places)[way]();
  process.on("message", (question: Question) => {
    const answer = "sockets" in question ? measure(open, question.sockets) : grown(open, question.connects);
    void answer.then((each) => process.send!(each));
  });
  process.on("disconnect", () => process.exit());
  process.send("ready");
}
