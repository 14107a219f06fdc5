// TLS through SOCKS: Rtls.connect against tls.connect({ socket }) on a socket that did the handshake by hand.
import { once } from "node:events";
import { join } from "node:path";
import tls from "node:tls";
import { Rtls, SOCKSinit } from "@tsocksify/runtime";
import { ca } from "../../runtime/support/certificates";
import { apart } from "./support/apart";
import { handshake } from "./support/by-hand";
import { busy, elapsed } from "./support/clocks";
import { interleaved, line } from "../support/interleaved";
import type { Servers } from "./support/tls-servers";

const TRANSFER = 64 << 20;
const CONNECTIONS = 60;

async function main(): Promise<void> {
  const { message, stop } = await apart<Servers>(join(__dirname, "support/tls-servers.ts"));
  const { proxy, port } = message;
  SOCKSinit("bench", { proxy });
  const options = { ca, servername: "secure.test", host: "127.0.0.1", port };
  const ours = async () => Rtls.connect(options);
  const byHand = async () =>
    tls.connect({ ...options, socket: await handshake(Number(new URL(proxy).port), port) });

  for (const [title, unit, clock] of [
    ["TLS throughput, received", "MB/s", elapsed],
    ["TLS throughput by this process's CPU time", "MB/s of CPU", busy],
  ] as const)
    console.log(
      line(title, unit, 1e6, await interleaved(throughput(ours, clock), throughput(byHand, clock))),
    );
  console.log(line("TLS connect, exchange, close", "/s", 1, await interleaved(rate(ours), rate(byHand))));
  stop();
}

type Connect = () => Promise<tls.TLSSocket>;

/** Bytes per second of one connection, without what it takes to establish it. */
const throughput = (connect: Connect, clock: () => number) => async () => {
  const socket = await connect();
  await once(socket, "secureConnect");
  const begin = clock();
  const received = await receive(socket, TRANSFER);
  if (received !== TRANSFER) throw new Error(`${received} of ${TRANSFER} bytes arrived`);
  return received / (clock() - begin);
};

/** Connections per second, one after the other. */
const rate = (connect: Connect) => async () => {
  const begin = performance.now();
  for (let i = 0; i < CONNECTIONS; i++) await receive(await connect(), 1);
  return CONNECTIONS / ((performance.now() - begin) / 1000);
};

async function receive(socket: tls.TLSSocket, bytes: number): Promise<number> {
  let received = 0;
  socket.on("data", (chunk: Buffer) => (received += chunk.length));
  socket.write(`${bytes}\n`);
  await once(socket, "close");
  return received;
}

void main();
