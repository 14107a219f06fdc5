import { once } from "node:events";
import net from "node:net";

/**
 * SOCKS5 CONNECT to a port of loopback, as a program does it that knows everything before: one message after the other
 * (RFC 1928 §3, §4 and §6).
 *
 * Not by net.connect, which is 16 µs slower in Node 20 (see net/socket of the runtime): it is to show what a handshake costs.
 *
 * @param proxy the proxy's port on loopback
 * @returns a plain socket from which the proxy's replies are read
 */
export async function handshake(proxy: number, port: number): Promise<net.Socket> {
  const socket = new net.Socket().connect(proxy, "127.0.0.1");
  socket.write(Buffer.from([5, 1, 0]));
  await read(socket, 2);
  socket.write(Buffer.from([5, 1, 0, 1, 127, 0, 0, 1, port >> 8, port & 0xff]));
  await read(socket, 10);
  return socket;
}

/** The same in one message. */
export async function handshakeInOne(proxy: number, port: number): Promise<net.Socket> {
  const socket = new net.Socket().connect(proxy, "127.0.0.1");
  socket.write(Buffer.from([5, 1, 0, 5, 1, 0, 1, 127, 0, 0, 1, port >> 8, port & 0xff]));
  await read(socket, 2);
  await read(socket, 10);
  return socket;
}

async function read(socket: net.Socket, length: number): Promise<void> {
  while (socket.read(length) === null) await once(socket, "readable");
}
