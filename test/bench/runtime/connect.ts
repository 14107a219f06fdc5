// Connections through Dante: bulk throughput against a handshake by hand, and connect + echo + close against socks.
import { once } from "node:events";
import type net from "node:net";
import { join } from "node:path";
import { Rconnect, SOCKSinit } from "@tsocksify/runtime";
import { SocksClient } from "socks";
import { danteSkip, startDante } from "../../support/peers/dante";
import { apart } from "./support/apart";
import { handshake } from "./support/by-hand";
import { busy, elapsed } from "./support/clocks";
import { interleaved, line } from "../support/interleaved";
import type { Ports } from "./support/socket-servers";

const BULK = 256 << 20;
const EXCHANGES = 300;
const host = "127.0.0.1";

async function main(): Promise<void> {
  if (danteSkip) throw new Error(danteSkip);
  const { message: ports, stop } = await apart<Ports>(join(__dirname, "support/socket-servers.ts"));
  const dante = await startDante();
  SOCKSinit("bench", { proxy: dante.url });
  const ours = (port: number) => () => connected(Rconnect(port, host));
  const byHand = () => handshake(dante.port, ports.source);
  const bySocks = async () => {
    const { socket } = await SocksClient.createConnection({
      proxy: { host, port: dante.port, type: 5 },
      command: "connect",
      destination: { host, port: ports.echo },
    });
    return socket;
  };

  for (const [by, clock] of [
    ["", elapsed],
    [" by this process's CPU time", busy],
  ] as const) {
    const bulk = await interleaved(throughput(ours(ports.source), clock), throughput(byHand, clock));
    console.log(line(`bulk throughput${by}, to a handshake by hand`, "MB/s", 1e6, bulk));
    const exchange = await interleaved(rate(ours(ports.echo), clock), rate(bySocks, clock));
    console.log(line(`connect + echo + close${by}, to SocksClient of socks`, "/s", 1, exchange));
  }
  await dante.stop();
  stop();
}

type Connect = () => Promise<net.Socket>;

async function connected(socket: net.Socket): Promise<net.Socket> {
  await once(socket, "connect");
  return socket;
}

/** Bytes per second of one connection, without what it takes to establish it. */
const throughput = (connect: Connect, clock: () => number) => async () => {
  const socket = await connect();
  const begin = clock();
  let received = 0;
  await new Promise<void>((resolve) =>
    socket.on("data", (bytes: Buffer) => {
      received += bytes.length;
      if (received >= BULK) resolve();
    }),
  );
  const seconds = clock() - begin;
  socket.destroy();
  return received / seconds;
};

/** Connections per second, one after the other, each of which sends a byte and gets it back. */
const rate = (connect: Connect, clock: () => number) => async () => {
  const begin = clock();
  for (let i = 0; i < EXCHANGES; i++) {
    const socket = await connect();
    socket.write("x");
    await once(socket, "data");
    socket.destroy();
  }
  return EXCHANGES / (clock() - begin);
};

void main();
