import { once } from "node:events";
import { SOCKSinit } from "@tsocksify/runtime";
import { socksClients, type Exchange } from "../../../support/socks-clients";
import { handshakeInOne } from "./by-hand";
import { busy, elapsed } from "./clocks";

/** Greeting and request in one message, and no look at the answer: what is left out is what a client costs. */
export const BY_HAND = "by hand, in one message";

export interface Batch {
  /** Connections, one after the other. */
  exchanges: number;
  port: number;
}

/** Seconds for each connection. */
export interface Taken {
  wall: number;
  cpu: number;
}

/** Two processes of one program would share nothing: here each client is the only one that its process knows. */
async function main(): Promise<void> {
  const [name, proxy] = process.argv.slice(2) as [string, string];
  SOCKSinit("bench", { proxy: `socks5://127.0.0.1:${proxy}` });
  const exchange = { ...socksClients(Number(proxy)), [BY_HAND]: byHand(Number(proxy)) }[name]!;
  process.on("message", (batch: Batch) => void take(exchange, batch).then((taken) => process.send!(taken)));
  process.on("disconnect", () => process.exit());
  process.send!("ready");
  await once(process, "disconnect");
}

const byHand =
  (proxy: number): Exchange =>
  async (port) => {
    const socket = await handshakeInOne(proxy, port);
    socket.write("x");
    await once(socket, "data");
    return socket;
  };

async function take(exchange: Exchange, { exchanges, port }: Batch): Promise<Taken> {
  const [wall, cpu] = [elapsed(), busy()];
  for (let i = 0; i < exchanges; i++) (await exchange(port)).destroy();
  return { wall: (elapsed() - wall) / exchanges, cpu: (busy() - cpu) / exchanges };
}

if (process.send) void main();
