// npm run bench:runtime -- connect
// Bulk throughput through Dante against a handshake by hand, and connect + echo + close against other clients, each in a
// process of its own: by the time that passes, of which the proxy takes most, and by the processor time of the client's
// process, which is what a client has in its hands. Through Dante, and through a proxy that does next to nothing.
import { once } from "node:events";
import type net from "node:net";
import { join } from "node:path";
import { Rconnect, SOCKSinit } from "@tsocksify/runtime";
import { danteSkip, startDante } from "../../support/peers/dante";
import { comparison, interleaved, inTurn, line, type Rounds } from "../support/interleaved";
import { apart, type Apart } from "./support/apart";
import { handshake } from "./support/by-hand";
import { busy, elapsed } from "./support/clocks";
import { BY_HAND, type Batch, type Taken } from "./support/exchange-client";
import type { Ports } from "./support/socket-servers";

const BULK = 256 << 20;
const host = "127.0.0.1";
/** Exchanges of one run: few, so that what else happens on the machine meets all clients. */
const EXCHANGES = 50;
const ROUNDS = 30;
/**
 * Exchanges before those that count, for the compiler. Each takes two ports of this machine for a minute, the client's and
 * Dante's, and there are 28,000.
 */
const WARM_UP = 400;
const OURS = ["Rconnect", "Rconnect with early data", BY_HAND];
const THEIRS = ["SocksClient", "socks-proxy-agent"];

async function main(): Promise<void> {
  if (danteSkip) throw new Error(danteSkip);
  const { message: ports, stop } = await apart<Ports>(join(__dirname, "support/socket-servers.ts"));
  const dante = await startDante();
  SOCKSinit("bench", { proxy: dante.url });
  const ours = async () => connected(Rconnect(ports.source, host));
  const byHand = () => handshake(dante.port, ports.source);
  for (const [by, clock] of [
    ["", elapsed],
    [" by this process's CPU time", busy],
  ] as const) {
    const bulk = await interleaved(throughput(ours, clock), throughput(byHand, clock));
    console.log(line(`bulk throughput${by}, to a handshake by hand`, "MB/s", 1e6, bulk));
  }
  await exchanges("Dante", dante.port, ports.echo);
  await exchanges("a proxy that does next to nothing", ports.granting, ports.echo);
  await dante.stop();
  stop();
}

/** Compares all clients at connect + echo + close. */
async function exchanges(proxy: string, proxyPort: number, port: number): Promise<void> {
  const file = join(__dirname, "support/exchange-client.ts");
  const clients: Record<string, Apart<string>> = {};
  for (const name of [...OURS, ...THEIRS]) clients[name] = await apart(file, [name, String(proxyPort)]);
  const take = (exchanges: number) => (client: Apart<string>) => () =>
    client.ask<Taken>({ exchanges, port } satisfies Batch);
  const each = (of: (client: Apart<string>) => () => Promise<Taken>) =>
    Object.fromEntries(Object.entries(clients).map(([name, client]) => [name, of(client)]));
  await inTurn(each(take(WARM_UP)), { rounds: 1 });
  const rounds = await inTurn(each(take(EXCHANGES)), { rounds: ROUNDS });
  for (const clock of ["wall", "cpu"] as const)
    for (const client of OURS)
      for (const other of THEIRS) {
        const by = clock === "cpu" ? ", CPU time of the client" : "";
        const title = `connect + echo + close through ${proxy}${by}, ${client} to ${other}`;
        console.log(line(title, "/s", 1, comparison(perSecond(rounds, clock), client, other)));
      }
  for (const client of Object.values(clients)) client.stop();
}

const perSecond = (rounds: Rounds<string, Taken>, clock: keyof Taken): Rounds<string> =>
  rounds.map((round) =>
    Object.fromEntries(Object.entries(round).map(([name, taken]) => [name, 1 / taken[clock]])),
  );

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

void main();
