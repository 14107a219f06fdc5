// npm run bench:runtime -- memory [--sockets 10000] [--connects 20000] [--rounds 3]
// What is held for each of many sockets that are open at once, each kind in a process of its own and beside the plain kind,
// and what is left of many that were, one after the other. TLS: a twentieth of the sockets.
import { join } from "node:path";
import { parseArgs } from "node:util";
import { comparison, inTurn, type Rounds } from "../support/interleaved";
import { apart } from "./support/apart";
import type { Memory, Places, Question, ways } from "./support/memory-client";
import type { Ports } from "./support/socket-servers";
import type { Servers } from "./support/tls-servers";

type Way = keyof ReturnType<typeof ways>;

/** Ours, and what it is compared with. */
const PAIRS: readonly (readonly [ours: Way, theirs: Way])[] = [
  ["Rconnect", "net.connect"],
  ["Rconnect, proxy by name", "net.connect"],
  ["Rconnect(socket)", "new net.Socket"],
  ["new Rnet.Socket", "new net.Socket"],
  ["Rconnect, onread", "net.connect, onread"],
  ["Rhttp.Agent", "http.Agent"],
  ["Rtls.connect", "tls.connect"],
];

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      sockets: { type: "string", default: "10000" },
      connects: { type: "string", default: "20000" },
      rounds: { type: "string", default: "3" },
    },
  });
  const { sockets, connects, rounds } = {
    sockets: Number(values.sockets),
    connects: Number(values.connects),
    rounds: Number(values.rounds),
  };
  const plain = await apart<Ports>(join(__dirname, "support/socket-servers.ts"));
  const tls = await apart<Servers>(join(__dirname, "support/tls-servers.ts"));
  const places: Places = {
    idle: plain.message.idle,
    secure: tls.message.port,
    proxy: tls.message.proxy,
  };
  const ask = async <Answer>(way: Way, question: Question): Promise<Answer> => {
    const client = await apart(join(__dirname, "support/memory-client.ts"), [way, JSON.stringify(places)]);
    const answer = await client.ask<Answer>(question);
    client.stop();
    return answer;
  };
  for (const [ours, theirs] of PAIRS) {
    const count = ours.startsWith("Rtls") ? sockets / 20 : sockets;
    const measured = await inTurn(
      {
        ours: () => ask<Memory>(ours, { sockets: count }),
        theirs: () => ask<Memory>(theirs, { sockets: count }),
      },
      { rounds },
    );
    console.log(
      `${count} sockets, ${ours} to ${theirs}: ${bytes(measured, "heap")} of JavaScript; ${bytes(measured, "resident")} resident`,
    );
  }
  const growth = await ask<number>("Rconnect", { connects });
  console.log(
    `${connects} connections, one after the other: the heap grows by ${(growth / 1024).toFixed(0)} KiB`,
  );
  plain.stop();
  tls.stop();
}

function bytes(rounds: Rounds<"ours" | "theirs", Memory>, which: keyof Memory): string {
  const numbers = rounds.map(({ ours, theirs }) => ({ ours: ours[which], theirs: theirs[which] }));
  const { ours, theirs, ratio } = comparison(numbers, "ours", "theirs");
  return `${ours.toFixed(0)} against ${theirs.toFixed(0)} bytes each, ratio ${ratio.toFixed(2)}`;
}

void main();
