import type net from "node:net";
import { Rconnect } from "../connect";
import type { Endpoint } from "../protocol/address";
import type { Query } from "./message";

/** A connection without questions is kept this long for the next one (RFC 7766 §6.2.3: "on the order of seconds"). */
const IDLE_MS = 2_000;

type Settle = { resolve(message: Buffer): void; reject(error: Error): void };

/**
 * A TCP connection to a name server, through SOCKS. Questions share it and may be answered in any order (RFC 7766
 * §6.2.1.1); each message has its length in front (RFC 1035 §4.2.2).
 */
export class NameServerConnection {
  private readonly socket: net.Socket;
  private readonly waiting = new Map<number, Settle>();
  private received: Buffer = Buffer.alloc(0);
  private idle: NodeJS.Timeout | undefined;

  /** @param onClosed it takes no further questions */
  constructor(server: Endpoint, onClosed: () => void) {
    this.socket = Rconnect(server)
      .setNoDelay(true)
      .on("data", (bytes: Buffer) => this.receive(bytes))
      .on("error", (error) => this.fail(error))
      .on("close", () => {
        this.fail(new Error("the name server closed the connection"));
        onClosed();
      });
    this.socket.once("end", onClosed);
  }

  /** Whether a question of that id can be asked now. */
  accepts(id: number): boolean {
    return !this.socket.destroyed && this.socket.writable && !this.waiting.has(id);
  }

  /** @returns the answer's message; rejects with the connection's error */
  ask({ id, message }: Query): Promise<Buffer> {
    clearTimeout(this.idle);
    this.socket.ref();
    const length = Buffer.alloc(2);
    length.writeUInt16BE(message.length);
    this.socket.write(Buffer.concat([length, message]));
    return new Promise((resolve, reject) => this.waiting.set(id, { resolve, reject }));
  }

  /** The answer is no longer wanted. */
  forget(id: number): void {
    this.waiting.delete(id);
    this.rest();
  }

  private receive(bytes: Buffer): void {
    this.received = Buffer.concat([this.received, bytes]);
    while (this.received.length >= 2) {
      const end = 2 + this.received.readUInt16BE(0);
      if (this.received.length < end) return;
      const message = this.received.subarray(2, end);
      this.received = this.received.subarray(end);
      if (message.length < 12) return void this.socket.destroy(new Error("a message without a header"));
      const id = message.readUInt16BE(0);
      this.waiting.get(id)?.resolve(message);
      this.forget(id);
    }
  }

  private rest(): void {
    if (this.waiting.size > 0 || this.socket.destroyed) return;
    // An idle connection keeps no process alive.
    this.socket.unref();
    clearTimeout(this.idle);
    this.idle = setTimeout(() => this.socket.destroy(), IDLE_MS).unref();
  }

  private fail(error: Error): void {
    clearTimeout(this.idle);
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }
}
