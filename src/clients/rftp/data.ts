import { once } from "node:events";
import * as net from "node:net";
import type { Control } from "./control.js";
import { ReplyError } from "./reply.js";

/** A data connection that is agreed on; it is there when the server has accepted the command that needs it. */
export interface Agreed {
  connection(): Promise<net.Socket>;
  /** Nothing comes of it. */
  cancel(): void;
}

/** The server listens: EPSV (RFC 2428), or PASV of a server that is older. */
export async function passive(control: Control): Promise<Agreed> {
  const socket = net.connect({ host: control.host, port: await passivePort(control) });
  await once(socket, "connect");
  // Whoever reads or writes then finds it closed.
  socket.on("error", () => undefined);
  return { connection: () => Promise.resolve(socket), cancel: () => void socket.destroy() };
}

async function passivePort(control: Control): Promise<number> {
  const extended = await control.ask("EPSV");
  const port = /\(\|\|\|(\d+)\|\)/.exec(extended.text);
  if (extended.code === 229 && port) return Number(port[1]);
  const { text } = await control.command("PASV", 2);
  // The address is the control connection's: another one could be anybody's, and behind a proxy means nothing.
  const numbers = /\d+,\d+,\d+,\d+,(\d+),(\d+)/.exec(text);
  if (!numbers) throw new ReplyError(text);
  return Number(numbers[1]) * 256 + Number(numbers[2]);
}

/** The server connects to us: PORT, or EPRT where the address is none of IPv4. */
export async function active(control: Control): Promise<Agreed> {
  const server = net.createServer({ pauseOnConnect: true });
  server.listen(0, control.socket.localAddress);
  await once(server, "listening");
  const arrival = once(server, "connection") as Promise<[net.Socket]>;
  arrival.catch(() => undefined);
  const { address, port } = server.address() as net.AddressInfo;
  const ipv4 = address.replace(/^::ffff:/, "");
  try {
    if (net.isIPv4(ipv4))
      await control.command(`PORT ${[...ipv4.split("."), port >> 8, port & 0xff].join(",")}`, 2);
    else await control.command(`EPRT |2|${address}|${port}|`, 2);
  } catch (error) {
    server.close();
    throw error;
  }
  return {
    async connection() {
      const [socket] = await arrival;
      socket.on("error", () => undefined);
      server.close();
      return socket;
    },
    cancel() {
      server.close();
      arrival.then(([socket]) => socket.destroy()).catch(() => undefined);
    },
  };
}
