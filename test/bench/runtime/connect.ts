// npm run bench:runtime -- connect
// Connections through Dante: bulk throughput against a handshake by hand, and connect + echo + close against other
// clients, by the time that passes (of which the proxy takes most) and by this process's CPU time.
import { once } from "node:events";
import type net from "node:net";
import { join } from "node:path";
import { Rconnect, SOCKSinit } from "@tsocksify/runtime";
import { danteSkip, startDante } from "../../support/peers/dante";
import { socksClients, type Exchange } from "../../support/socks-clients";
import { apart } from "./support/apart";
import { handshake, handshakeInOne } from "./support/by-hand";
import { busy, elapsed } from "./support/clocks";
import { comparison, interleaved, inTurn, line } from "../support/interleaved";
import type { Ports } from "./support/socket-servers";

const BULK = 256 << 20;
const host = "127.0.0.1";
/** Exchanges of one run: few, so that what else happens on the machine meets all clients. */
const EXCHANGES = 50;
const ROUNDS = 25;
/** What no client through this proxy can be faster than: greeting and request in one message, and no look at the answer. */
const LEAST = "the least by hand";

async function main(): Promise<void> {
  if (danteSkip) throw new Error(danteSkip);
  const { message: ports, stop } = await apart<Ports>(join(__dirname, "support/socket-servers.ts"));
  const dante = await startDante();
  SOCKSinit("bench", { proxy: dante.url });
  const ours = async () => connected(Rconnect(ports.source, host));
  const byHand = () => handshake(dante.port, ports.source);
  const clients = {
    ...socksClients(dante.port),
    async [LEAST](port: number) {
      const socket = await handshakeInOne(dante.port, port);
      socket.write("x");
      await once(socket, "data");
      return socket;
    },
  };

  for (const [by, clock] of [
    ["", elapsed],
    [" by this process's CPU time", busy],
  ] as const) {
    const bulk = await interleaved(throughput(ours, clock), throughput(byHand, clock));
    console.log(line(`bulk throughput${by}, to a handshake by hand`, "MB/s", 1e6, bulk));
    const rates = Object.fromEntries(
      Object.entries<Exchange>(clients).map(([name, exchange]) => [name, rate(exchange, ports.echo, clock)]),
    );
    // For the compiler.
    await inTurn(rates, { rounds: 5 });
    const rounds = await inTurn(rates, { rounds: ROUNDS });
    for (const client of ["Rconnect", "Rconnect with early data", LEAST])
      for (const other of ["SocksClient", "socks-proxy-agent"]) {
        const title = `connect + echo + close${by}, ${client} to ${other}`;
        console.log(line(title, "/s", 1, comparison(rounds, client, other)));
      }
  }
  await dante.stop();
  stop();
}

async function connected(socket: net.Socket): Promise<net.Socket> {
  await once(socket, "connect");
  return socket;
}

/** Bytes per second of one connection, without what it takes to establish it. */
const throughput = (connect: () => Promise<net.Socket>, clock: () => number) => async () => {
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

/** Connections per second, one after the other. */
const rate = (exchange: Exchange, port: number, clock: () => number) => async () => {
  const begin = clock();
  for (let i = 0; i < EXCHANGES; i++) (await exchange(port)).destroy();
  return EXCHANGES / (clock() - begin);
};

void main();
