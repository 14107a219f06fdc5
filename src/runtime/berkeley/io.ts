import { SHUT_RD, SHUT_RDWR, SHUT_WR } from "./constants";
import { connectedOf, takeError, type Descriptor } from "./descriptor";
import { either } from "./either";
import { failure } from "./failure";

/**
 * send(2): resolves when the system has taken the bytes. A nonblocking descriptor takes them at once, into a buffer
 * of this process, or says EWOULDBLOCK as long as that is full.
 *
 * @returns their number
 * @throws what has broken the connection; EPIPE after that, and after shutdown
 */
export async function send(s: Descriptor, data: string | Uint8Array): Promise<number> {
  const { socket } = connectedOf(s, "send");
  const length = Buffer.byteLength(data as string);
  const error = takeError(s);
  if (error) throw error;
  if (!socket.writable) throw failure("send", "EPIPE", "the connection is closed for writing");
  if (s.nonblocking) {
    if (socket.writableNeedDrain) throw failure("send", "EWOULDBLOCK", "the buffer is full");
    socket.write(data);
    return length;
  }
  await new Promise<void>((resolve, reject) => {
    socket.write(data, (error) => {
      if (!error) return resolve();
      s.tell(error);
      const isNodes = (error as NodeJS.ErrnoException).code?.startsWith("ERR_STREAM_");
      reject(isNodes ? failure("send", "EPIPE", "the connection was closed meanwhile") : error);
    });
  });
  return length;
}

/**
 * recv(2).
 *
 * @param length at most so many bytes
 * @returns at least one byte; none at the end of the stream, after shutdown, or if none were wanted
 */
export async function recv(s: Descriptor, length: number): Promise<Buffer> {
  const { socket } = connectedOf(s, "recv");
  if (!Number.isInteger(length) || length < 0)
    throw failure("recv", "EINVAL", `${length} is not a number of bytes`);
  for (;;) {
    if (length === 0 || s.readingEnded) return Buffer.alloc(0);
    const available = Math.min(length, socket.readableLength);
    const bytes = (available > 0 ? socket.read(available) : socket.read(0)) as Buffer | null;
    if (bytes && bytes.length > 0) return bytes;
    const error = takeError(s);
    if (error) throw error;
    if (socket.readableEnded || socket.destroyed) return Buffer.alloc(0);
    if (s.nonblocking) throw failure("recv", "EWOULDBLOCK", "nothing has arrived yet");
    // 'readable' is for the end of the stream, too; an error is in the descriptor by then.
    await either(socket, ["readable", "close", "error"]);
    if (socket.readableLength === 0) socket.read(0);
  }
}

/** shutdown(2). */
export function shutdown(s: Descriptor, how: number): void {
  const { socket } = connectedOf(s, "shutdown");
  if (how !== SHUT_RD && how !== SHUT_WR && how !== SHUT_RDWR)
    throw failure("shutdown", "EINVAL", `${how} is none of SHUT_RD, SHUT_WR and SHUT_RDWR`);
  if (how !== SHUT_WR) s.readingEnded = true;
  if (how !== SHUT_RD) socket.end();
}
