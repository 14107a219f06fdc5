// npm run bench:runtime [-- --rounds 5 --sockets 10000 --connects 20000]
// Ratios from interleaved runs, through Dante. Not part of npm test: the figures depend on the machine.
import { fork } from "node:child_process";
import { once } from "node:events";
import net from "node:net";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Rconnect, SOCKSinit } from "@tsocksify/runtime";
import { SocksClient } from "socks";
import { danteSkip, startDante } from "../support/peers/dante";

interface Ports {
  echo: number;
  source: number;
  idle: number;
}

const BULK = 256 * 2 ** 20;
const EXCHANGES = 300;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rounds: { type: "string", default: "5" },
      sockets: { type: "string", default: "10000" },
      connects: { type: "string", default: "20000" },
    },
  });
  if (danteSkip) throw new Error(danteSkip);
  const peers = fork(join(__dirname, "peers.ts"), { execArgv: ["--import", "tsx"] });
  const [ports] = (await once(peers, "message")) as [Ports];
  const dante = await startDante();
  const proxy = { host: "127.0.0.1", port: dante.port };
  SOCKSinit("bench", { proxy: dante.url });
  const rounds = Number(values.rounds);

  const bulk = await interleaved(rounds, {
    Rconnect: () => drain(() => connected(Rconnect(ports.source, "127.0.0.1"))),
    "handshake by hand": () => drain(() => byHand(proxy.port, ports.source)),
  });
  show(
    "bulk throughput, Rconnect : net.Socket with the handshake by hand",
    bulk,
    "MB/s",
    (ms) => BULK / 1e3 / ms,
  );

  const exchange = await interleaved(rounds, {
    Rconnect: () => exchanges(() => connected(Rconnect(ports.echo, "127.0.0.1"))),
    SocksClient: () =>
      exchanges(async () => {
        const { socket } = await SocksClient.createConnection({
          proxy: { ...proxy, type: 5 },
          command: "connect",
          destination: { host: "127.0.0.1", port: ports.echo },
        });
        return socket as net.Socket;
      }),
  });
  show(
    "connect + echo + close, Rconnect : SocksClient of socks",
    exchange,
    "/s",
    (ms) => (EXCHANGES * 1e3) / ms,
  );

  SOCKSinit("bench", { proxy: `socks5://127.0.0.1:${ports.idle}` });
  await memory(Number(values.sockets), ports);
  await growth(Number(values.connects));
  await dante.stop();
  peers.disconnect();
}

async function connected(socket: net.Socket): Promise<net.Socket> {
  await once(socket, "connect");
  return socket;
}

/** What a program does that knows SOCKS and has all the time in the world: one message after the other. */
async function byHand(proxy: number, port: number): Promise<net.Socket> {
  const socket = net.connect(proxy, "127.0.0.1");
  socket.write(Buffer.from([5, 1, 0]));
  await once(socket, "data");
  socket.write(Buffer.from([5, 1, 0, 1, 127, 0, 0, 1, port >> 8, port & 0xff]));
  let length = 0;
  while (length < 10) length += ((await once(socket, "data")) as [Buffer])[0].length;
  return socket;
}

/** @returns milliseconds for BULK bytes */
async function drain(connect: () => Promise<net.Socket>): Promise<number> {
  const socket = await connect();
  const started = performance.now();
  let received = 0;
  await new Promise<void>((resolve) => {
    socket.on("data", (bytes: Buffer) => {
      received += bytes.length;
      if (received >= BULK) resolve();
    });
  });
  const milliseconds = performance.now() - started;
  socket.destroy();
  return milliseconds;
}

/** @returns milliseconds for EXCHANGES connections, one after the other, each of which sends a byte and gets it back */
async function exchanges(connect: () => Promise<net.Socket>): Promise<number> {
  const started = performance.now();
  for (let i = 0; i < EXCHANGES; i++) {
    const socket = await connect();
    socket.write("x");
    await once(socket, "data");
    socket.destroy();
  }
  return performance.now() - started;
}

/** Runs each in turn, `rounds` times, after one round that does not count. */
async function interleaved(
  rounds: number,
  runs: Record<string, () => Promise<number>>,
): Promise<Record<string, Run[]>> {
  const times: Record<string, Run[]> = {};
  for (let round = 0; round <= rounds; round++)
    for (const [name, run] of Object.entries(runs)) {
      const before = process.cpuUsage();
      const milliseconds = await run();
      const { user, system } = process.cpuUsage(before);
      if (round > 0) (times[name] ??= []).push({ milliseconds, cpu: (user + system) / 1000 });
    }
  return times;
}

/** One measurement, in milliseconds: of the clock, and of this process's processor time. */
interface Run {
  milliseconds: number;
  cpu: number;
}

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!;

function show(
  what: string,
  times: Record<string, Run[]>,
  unit: string,
  rate: (milliseconds: number) => number,
): void {
  const [ours, theirs] = Object.values(times) as [Run[], Run[]];
  const ratio = (of: keyof Run): string =>
    median(ours.map((run, round) => theirs[round]![of] / run[of])).toFixed(2);
  const rates = Object.entries(times).map(
    ([name, runs]) => `${name} ${rate(median(runs.map((run) => run.milliseconds))).toFixed(0)} ${unit}`,
  );
  console.log(`${what}: ${ratio("milliseconds")}, of processor time ${ratio("cpu")} (${rates.join(", ")})`);
}

async function settledHeap(): Promise<number> {
  for (let i = 0; i < 5; i++) {
    global.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Memory for each of many sockets that are open at once. */
async function memory(count: number, ports: Ports): Promise<void> {
  if (!global.gc) return console.log("memory: needs --expose-gc");
  const measure = async (open: () => Promise<net.Socket>): Promise<number> => {
    const before = await settledHeap();
    const sockets: net.Socket[] = [];
    while (sockets.length < count) sockets.push(...(await Promise.all(Array.from({ length: 200 }, open))));
    const bytes = ((await settledHeap()) - before) / sockets.length;
    for (const socket of sockets) socket.resetAndDestroy();
    await Promise.all(sockets.map((socket) => socket.closed || once(socket, "close")));
    return bytes;
  };
  const plainly = (): Promise<net.Socket> => connected(net.connect(ports.idle, "127.0.0.1"));
  const throughSocks = (): Promise<net.Socket> => connected(Rconnect(80, "192.0.2.1"));
  // The first round fills caches and pools, and does not count.
  await measure(plainly);
  await measure(throughSocks);
  const plain = await measure(plainly);
  const ours = await measure(throughSocks);
  const ratio = (ours / plain).toFixed(3);
  console.log(
    `${count} sockets open: ${ratio} (plain ${plain.toFixed(0)} bytes each, ours ${ours.toFixed(0)})`,
  );
}

/** Memory after many connections, one after the other. */
async function growth(count: number): Promise<void> {
  if (!global.gc) return;
  const run = async (connects: number): Promise<void> => {
    for (let i = 0; i < connects; i += 50)
      await Promise.all(
        Array.from({ length: 50 }, async () => {
          const socket = await connected(Rconnect(80, "192.0.2.1"));
          // A reset leaves no port in TIME_WAIT, of which there are fewer than connections here.
          socket.resetAndDestroy();
          await once(socket, "close");
        }),
      );
  };
  await run(2000);
  const before = await settledHeap();
  await run(count);
  const after = await settledHeap();
  console.log(
    `${count} connects in a row: heap ${((after - before) / 1024).toFixed(0)} KiB more than before`,
  );
}

void main();
