import type { Endpoint } from "../protocol/address";
import type { Command, Handshake } from "../protocol/handshake";
import { Socks4Handshake } from "../protocol/socks4";
import { Socks5Handshake } from "../protocol/socks5";
import type { Proxy } from "../routes/proxy";
import type { Carrier } from "./carrier";
import { Negotiation } from "./negotiation";

export interface PassageEvents {
  /** The first of the two replies to BIND. */
  bound(bound: Endpoint): void;
  /** @param rest bytes that came behind the reply */
  established(bound: Endpoint, rest: Buffer): void;
  /** @param reached whether there was a connection to the first proxy */
  failed(error: Error, reached: boolean): void;
}

/** One way through one chain: the connection to its first proxy, then a handshake with each in turn. */
export class Passage {
  /** Whether the first proxy has accepted the connection. */
  reached = false;
  private negotiation: Negotiation | undefined;

  constructor(
    private readonly carrier: Carrier,
    private readonly chain: readonly Proxy[],
    private readonly command: Command,
    private readonly destination: Endpoint,
    private readonly pipelines: (proxy: Proxy) => boolean,
    private readonly events: PassageEvents,
  ) {}

  begin(): void {
    this.carrier.connect({
      connected: () => {
        this.reached = true;
        this.hop(0, Buffer.alloc(0));
      },
      data: (bytes) => this.negotiation?.receive(bytes),
      closed: (error) => {
        if (this.negotiation) this.negotiation.closed(error);
        else this.events.failed(error ?? new Error("closed before it was open"), this.reached);
      },
    });
  }

  private hop(index: number, early: Buffer): void {
    const last = index === this.chain.length - 1;
    const next = this.chain[index + 1];
    const negotiation = new Negotiation(
      this.carrier,
      last
        ? this.handshake(this.chain[index]!, this.command, this.destination)
        : this.handshake(this.chain[index]!, "connect", { host: next!.host, port: next!.port }),
      {
        granted: (bound) => {
          if (!last) return this.hop(index + 1, negotiation.rest);
          if (this.command === "bind" && !waiting) {
            waiting = true;
            this.events.bound(bound);
            return negotiation.receive(Buffer.alloc(0));
          }
          this.negotiation = undefined;
          this.events.established(bound, negotiation.rest);
        },
        failed: (error) => {
          this.negotiation = undefined;
          this.events.failed(error, true);
        },
      },
    );
    let waiting = false;
    this.negotiation = negotiation;
    try {
      negotiation.begin();
    } catch (error) {
      return this.events.failed(error as Error, true);
    }
    if (early.length > 0) negotiation.receive(early);
  }

  private handshake(proxy: Proxy, command: Command, destination: Endpoint): Handshake {
    const request = {
      command,
      destination,
      pipeline: this.pipelines(proxy),
      ...(proxy.credentials && { credentials: proxy.credentials }),
    };
    return proxy.version === 4 ? new Socks4Handshake(request) : new Socks5Handshake(request);
  }
}
