// npm run bench:runtime -- roundtrips [--delay 20]
// Connect, write a byte and wait for its echo, through Dante at the other end of a link with that delay (milliseconds
// each way): how long each client takes. The link does not delay TCP's own handshake, which is the same for all: its round
// trip is added.
import { join } from "node:path";
import { parseArgs } from "node:util";
import { SOCKSinit } from "@tsocksify/runtime";
import { danteSkip, startDante } from "../../support/peers/dante";
import { socksClients, type Exchange } from "../../support/socks-clients";
import { apart } from "./support/apart";
import { inTurn, median } from "../support/interleaved";
import type { Ports } from "./support/socket-servers";

async function main(): Promise<void> {
  if (danteSkip) throw new Error(danteSkip);
  const { values } = parseArgs({ options: { delay: { type: "string", default: "20" } } });
  const roundTrip = 2 * Number(values.delay);
  const servers = await apart<Ports>(join(__dirname, "support/socket-servers.ts"));
  const dante = await startDante();
  const link = await apart<number>(join(__dirname, "support/delayed-link.ts"), [
    String(dante.port),
    values.delay,
  ]);
  SOCKSinit("bench", { proxy: `socks5://127.0.0.1:${link.message}` });

  const times = Object.fromEntries(
    Object.entries<Exchange>(socksClients(link.message)).map(([name, exchange]) => [
      name,
      async () => {
        const begin = performance.now();
        const socket = await exchange(servers.message.echo);
        const milliseconds = roundTrip + performance.now() - begin;
        socket.destroy();
        return milliseconds;
      },
    ]),
  );
  const rounds = await inTurn(times, { rounds: 25, warmUp: true });
  const medianOf = (name: string) => median(rounds.map((round) => round[name]!));
  for (const name of Object.keys(times)) {
    const milliseconds = medianOf(name);
    const trips = (milliseconds / roundTrip).toFixed(1);
    const ratio = (milliseconds / medianOf("Rconnect")).toFixed(2);
    console.log(
      `${name}: ${milliseconds.toFixed(1)} ms, ${trips} round trips of ${roundTrip} ms, ${ratio} times Rconnect's`,
    );
  }
  link.stop();
  await dante.stop();
  servers.stop();
}

void main();
