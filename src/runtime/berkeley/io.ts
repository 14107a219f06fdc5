import { once } from "node:events";
import { SHUT_RD } from "./constants";
import { connectedOf, takeError, type Descriptor } from "./descriptor";
import { failure } from "./failure";

/**
 * send(2): resolves when the system has taken the bytes.
 *
 * @returns their number
 */
export async function send(s: Descriptor, data: string | Uint8Array): Promise<number> {
  const { socket } = connectedOf(s, "send");
  await new Promise<void>((resolve, reject) => {
    socket.write(data, (error) => (error ? reject(error) : resolve()));
  });
  return Buffer.byteLength(data as string);
}

/**
 * recv(2).
 *
 * @param length at most so many bytes
 * @returns at least one byte; none at the end of the stream
 */
export async function recv(s: Descriptor, length: number): Promise<Buffer> {
  const { socket } = connectedOf(s, "recv");
  for (;;) {
    const available = Math.min(length, socket.readableLength);
    const bytes = (available > 0 ? socket.read(available) : socket.read(0)) as Buffer | null;
    if (bytes && bytes.length > 0) return bytes;
    const error = takeError(s);
    if (error) throw error;
    if (socket.readableEnded || socket.destroyed) return Buffer.alloc(0);
    if (s.nonblocking) throw failure("recv", "EWOULDBLOCK", "nothing has arrived yet");
    // 'readable' is for the end of the stream, too.
    await Promise.race([once(socket, "readable"), once(socket, "close")]);
    if (socket.readableLength === 0) socket.read(0);
  }
}

/** shutdown(2). */
export function shutdown(s: Descriptor, how: number): void {
  const { socket } = connectedOf(s, "shutdown");
  if (how !== SHUT_RD) socket.end();
}
