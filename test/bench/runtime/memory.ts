// npm run bench:runtime -- memory [--sockets 10000] [--connects 20000]
// What is held for each of many sockets that are open at once, and what is left of many that were, one after the other.
import { once } from "node:events";
import net from "node:net";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Rconnect, SOCKSinit } from "@tsocksify/runtime";
import { apart } from "./support/apart";
import type { Ports } from "./support/socket-servers";

type Open = () => Promise<net.Socket>;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      sockets: { type: "string", default: "10000" },
      connects: { type: "string", default: "20000" },
    },
  });
  const { message: ports, stop } = await apart<Ports>(join(__dirname, "support/socket-servers.ts"));
  const count = Number(values.sockets);
  const { idle } = ports;
  const ours = () => connected(Rconnect(80, "192.0.2.1"));
  const plain = () => connected(net.connect(idle, "127.0.0.1"));
  for (const host of ["127.0.0.1", "localhost"]) {
    SOCKSinit("bench", { proxy: `socks5://${host}:${idle}` });
    await compare(`proxy at ${host}`, count, ours, plain);
  }
  const onread = () => ({ buffer: new Uint8Array(16), callback: () => true });
  await compare(
    "onread",
    count,
    () => connected(Rconnect({ port: 80, host: "192.0.2.1", onread: onread() })),
    () => connected(net.connect({ port: idle, host: "127.0.0.1", onread: onread() })),
  );
  await growth(Number(values.connects), ours);
  stop();
}

async function connected(socket: net.Socket): Promise<net.Socket> {
  await once(socket, "connect");
  return socket;
}

/** Bytes of this process. */
interface Memory {
  heap: number;
  /** What the kernel has given it: also native memory, and what the heap keeps in reserve. */
  resident: number;
}

async function settled(): Promise<Memory> {
  for (let i = 0; i < 5; i++) {
    global.gc!();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const { heapUsed, external, rss } = process.memoryUsage();
  return { heap: heapUsed + external, resident: rss };
}

async function compare(shape: string, count: number, ours: Open, plain: Open): Promise<void> {
  const bytesEach = async (open: Open): Promise<Memory> => {
    const before = await settled();
    const sockets: net.Socket[] = [];
    while (sockets.length < count) sockets.push(...(await Promise.all(Array.from({ length: 200 }, open))));
    const after = await settled();
    await Promise.all(sockets.map(reset));
    return {
      heap: (after.heap - before.heap) / sockets.length,
      resident: (after.resident - before.resident) / sockets.length,
    };
  };
  // The first round fills caches and pools, and does not count.
  await bytesEach(plain);
  await bytesEach(ours);
  const [theirs, own] = [await bytesEach(plain), await bytesEach(ours)];
  const pair = (which: keyof Memory) => `${own[which].toFixed(0)} against ${theirs[which].toFixed(0)}`;
  const ratio = (own.heap / theirs.heap).toFixed(2);
  console.log(
    `${count} sockets open, ${shape}: ${pair("heap")} bytes of heap each, ratio ${ratio}; ${pair("resident")} resident`,
  );
}

async function growth(count: number, open: Open): Promise<void> {
  const run = async (connects: number): Promise<void> => {
    for (let i = 0; i < connects; i += 50)
      await Promise.all(Array.from({ length: 50 }, async () => reset(await open())));
  };
  await run(2000);
  const before = await settled();
  await run(count);
  const grown = ((await settled()).heap - before.heap) / 1024;
  console.log(`${count} connections, one after the other: the heap grows by ${grown.toFixed(0)} KiB`);
}

/** A reset leaves no port in TIME_WAIT, of which there are fewer than connections here. */
async function reset(socket: net.Socket): Promise<void> {
  socket.resetAndDestroy();
  if (!socket.closed) await once(socket, "close");
}

void main();
