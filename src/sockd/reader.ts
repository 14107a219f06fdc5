import type { Socket } from "node:net";
import { ProtocolError } from "./errors";

/**
 * Reads a handshake from a socket, however its bytes are cut into segments. It takes no byte more than it is
 * asked for, so that what a client sends ahead (RFC 1928 forbids nothing of the kind) stays in the stream.
 */
export class HandshakeReader {
  #wake: (() => void) | undefined;
  readonly #onChange = () => this.#wake?.();

  constructor(private readonly socket: Socket) {
    socket.on("readable", this.#onChange).on("end", this.#onChange).on("close", this.#onChange);
  }

  /** The next `count` bytes. Rejects with {@link ProtocolError} if the stream ends before. */
  async bytes(count: number): Promise<Buffer> {
    // read(0) is a request to fill the buffer, not an empty read.
    if (count === 0) return Buffer.alloc(0);
    for (;;) {
      const chunk = this.socket.read(count) as Buffer | null;
      // At the end of a stream, read(count) gives what is left, even if it is less.
      if (chunk?.length === count) return chunk;
      await this.#change(chunk !== null);
    }
  }

  async byte(): Promise<number> {
    return (await this.bytes(1)).readUInt8(0);
  }

  /** The bytes before the next NUL, which is consumed. Rejects if there are more than `limit` of them. */
  async untilNul(limit: number, field: string): Promise<Buffer> {
    let value = Buffer.alloc(0);
    for (;;) {
      const chunk = this.socket.read() as Buffer | null;
      if (chunk) {
        const end = chunk.indexOf(0);
        value = Buffer.concat([value, end < 0 ? chunk : chunk.subarray(0, end)]);
        // In the same tick as read(): afterwards the stream may have ended and would take nothing back.
        if (end >= 0 && end + 1 < chunk.length) this.socket.unshift(chunk.subarray(end + 1));
        if (value.length > limit) throw new ProtocolError(`${field} is longer than ${limit} bytes`);
        if (end >= 0) return value;
      } else {
        await this.#change(false);
      }
    }
  }

  /** Stops listening to the socket. */
  release(): void {
    this.socket.off("readable", this.#onChange).off("end", this.#onChange).off("close", this.#onChange);
  }

  async #change(truncated: boolean): Promise<void> {
    if (truncated || this.socket.readableEnded || this.socket.destroyed)
      throw new ProtocolError("the client ended its stream in mid-handshake");
    await new Promise<void>((resolve) => (this.#wake = resolve));
  }
}
