import net from "node:net";
import { SocksError } from "../errors/SocksError";
import type { Carrier } from "../net/carrier";
import { Dial } from "../net/dial";
import { dialError } from "../net/dialError";
import type { StreamHandle } from "../net/internals";
import { TLSCarrier } from "../net/tlsCarrier";
import { openCarrier } from "../net/transport";
import type { Proxy } from "../routes/proxy";

/** What a proxy said; short of `wanted` bytes where it closed the connection or the time was over. */
export interface Heard {
  bytes: Buffer;
  /** Why there is no more. */
  ended?: "closed" | "timeout";
}

/** A connection to a proxy, on which it is asked step by step. */
export class Conversation {
  private heard = Buffer.alloc(0);
  private ended: Heard["ended"];
  private wake = (): void => undefined;
  private readonly timer: NodeJS.Timeout;

  private constructor(
    private readonly carrier: Carrier,
    opened: () => void,
    failed: (error: Error) => void,
    milliseconds: number,
  ) {
    this.timer = setTimeout(() => {
      this.end("timeout");
      failed(Object.assign(new Error(`no connection within ${milliseconds} ms`), { code: "ETIMEDOUT" }));
    }, milliseconds);
    carrier.connect({
      connected: opened,
      data: (bytes) => {
        this.heard = Buffer.concat([this.heard, bytes]);
        this.wake();
      },
      closed: (error) => {
        this.end("closed");
        failed(error ?? new Error("the connection was closed"));
      },
    });
  }

  /**
   * @param chain leads to the proxy, which is its last
   * @param milliseconds total time of the conversation
   * @throws SocksError when there is no connection to it
   */
  static async open(chain: readonly Proxy[], milliseconds: number): Promise<Conversation> {
    const carrier = await carrierTo(chain, milliseconds);
    const { host, port } = chain.at(-1)!;
    return new Promise((resolve, reject) => {
      const conversation: Conversation = new Conversation(
        carrier,
        () => resolve(conversation),
        (error) => {
          conversation?.close();
          reject(dialError(error, { host, port }, chain, false));
        },
        milliseconds,
      );
    });
  }

  /** Sends bytes and waits for `wanted` bytes of an answer. */
  async ask(bytes: Uint8Array | readonly number[], wanted: number): Promise<Heard> {
    this.carrier.write(Buffer.from(bytes as Uint8Array));
    while (this.heard.length < wanted && !this.ended)
      await new Promise<void>((resolve) => (this.wake = resolve));
    const taken = this.heard.subarray(0, wanted);
    this.heard = this.heard.subarray(wanted);
    return { bytes: taken, ...(this.ended && { ended: this.ended }) };
  }

  close(): void {
    clearTimeout(this.timer);
    this.carrier.abandon();
  }

  private end(how: Heard["ended"]): void {
    this.ended ??= how;
    this.wake();
  }
}

/** A connection to the last proxy of a chain, through those before it. */
async function carrierTo(chain: readonly Proxy[], timeout: number): Promise<Carrier> {
  const proxy = chain.at(-1)!;
  if (chain.length === 1) return openCarrier(proxy);
  const destination = { host: proxy.host, port: proxy.port };
  const handle = await new Promise<StreamHandle>((resolve, reject: (error: SocksError) => void) =>
    new Dial(
      { command: "connect", destination, chains: [chain.slice(0, -1)] },
      { timeout, bindTimeout: timeout, pipeline: true, isolate: undefined },
      { established: (grant) => resolve(grant.handle), failed: reject },
    ).start(),
  );
  return proxy.transport === "tls" ? new TLSCarrier(proxy, handle) : over(handle);
}

/** A carrier over a connection that there is already. */
function over(handle: StreamHandle): Carrier {
  const socket = new net.Socket({ handle } as never);
  return {
    connect({ connected, data, closed }) {
      socket.on("data", data).on("error", closed);
      socket.on("close", () => closed());
      process.nextTick(connected);
    },
    write: (bytes) => void socket.write(bytes),
    address: () => undefined,
    reference: (yes) => void (yes ? socket.ref() : socket.unref()),
    release: () => handle,
    abandon: () =>
      void socket
        .removeAllListeners()
        .on("error", () => undefined)
        .destroy(),
  };
}
