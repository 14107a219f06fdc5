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
  SOCKSinit("bench", { proxy: `socks5://127.0.0.1:${ports.idle}` });
  const plain = () => connected(net.connect(ports.idle, "127.0.0.1"));
  const ours = () => connected(Rconnect(80, "192.0.2.1"));
  await compare(Number(values.sockets), ours, plain);
  await growth(Number(values.connects), ours);
  stop();
}

async function connected(socket: net.Socket): Promise<net.Socket> {
  await once(socket, "connect");
  return socket;
}

async function settledHeap(): Promise<number> {
  for (let i = 0; i < 5; i++) {
    global.gc!();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

async function compare(count: number, ours: Open, plain: Open): Promise<void> {
  const bytesEach = async (open: Open): Promise<number> => {
    const before = await settledHeap();
    const sockets: net.Socket[] = [];
    while (sockets.length < count) sockets.push(...(await Promise.all(Array.from({ length: 200 }, open))));
    const bytes = ((await settledHeap()) - before) / sockets.length;
    await Promise.all(sockets.map(reset));
    return bytes;
  };
  // The first round fills caches and pools, and does not count.
  await bytesEach(plain);
  await bytesEach(ours);
  const [theirs, own] = [await bytesEach(plain), await bytesEach(ours)];
  const ratio = (own / theirs).toFixed(2);
  console.log(
    `${count} sockets open: ${own.toFixed(0)} against ${theirs.toFixed(0)} bytes each, ratio ${ratio}`,
  );
}

async function growth(count: number, open: Open): Promise<void> {
  const run = async (connects: number): Promise<void> => {
    for (let i = 0; i < connects; i += 50)
      await Promise.all(Array.from({ length: 50 }, async () => reset(await open())));
  };
  await run(2000);
  const before = await settledHeap();
  await run(count);
  const grown = ((await settledHeap()) - before) / 1024;
  console.log(`${count} connections, one after the other: the heap grows by ${grown.toFixed(0)} KiB`);
}

/** A reset leaves no port in TIME_WAIT, of which there are fewer than connections here. */
async function reset(socket: net.Socket): Promise<void> {
  socket.resetAndDestroy();
  if (!socket.closed) await once(socket, "close");
}

void main();
