import type { Endpoint } from "../protocol/address";
import type { Command, Credentials, Handshake } from "../protocol/handshake";
import { Socks4Handshake } from "../protocol/socks4";
import { Socks5Handshake } from "../protocol/socks5";
import type { Proxy } from "../routes/proxy";
import type { Carrier } from "./carrier";
import type { StreamHandle } from "./internals";
import { Negotiation } from "./negotiation";
import { TLSCarrier } from "./tlsCarrier";

export interface PassageEvents {
  /** The first of the two replies to BIND. */
  bound(bound: Endpoint): void;
  /** @param rest bytes that came behind the reply */
  established(handle: StreamHandle, bound: Endpoint, rest: Buffer): void;
  /** @param reached whether there was a connection to the first proxy */
  failed(error: Error, reached: boolean): void;
}

/** What to ask of a chain. */
export interface PassageRequest {
  command: Command;
  /** DST for the last proxy. */
  destination: Endpoint;
  chain: readonly Proxy[];
  /** Whether that proxy, which has no credentials then, gets the request together with the greeting. */
  pipelines(proxy: Proxy): boolean;
  credentials(proxy: Proxy): Credentials | undefined;
}

/** One way through one chain: the connection to its first proxy, then a handshake with each in turn. */
export class Passage {
  /** Whether the first proxy has accepted the connection. */
  reached = false;
  private negotiation: Negotiation | undefined;
  private referenced = true;

  constructor(
    private carrier: Carrier,
    private readonly request: PassageRequest,
    private readonly events: PassageEvents,
  ) {}

  begin(): void {
    this.open(0);
  }

  reference(yes: boolean): void {
    this.referenced = yes;
    this.carrier.reference(yes);
  }

  abandon(): void {
    this.negotiation = undefined;
    this.carrier.abandon();
  }

  private open(index: number): void {
    this.carrier.connect({
      connected: () => {
        this.reached = true;
        this.hop(index, Buffer.alloc(0));
      },
      data: (bytes) => this.negotiation?.receive(bytes),
      closed: (error) => {
        if (this.negotiation) this.negotiation.closed(error);
        else this.events.failed(error ?? new Error("the connection was closed"), this.reached);
      },
    });
    if (!this.referenced) this.carrier.reference(false);
  }

  /** The handshake with the proxy at `index`, to which there is a connection. */
  private hop(index: number, early: Buffer): void {
    const { chain, command, destination } = this.request;
    const next = chain[index + 1];
    let waiting = command === "bind";
    const negotiation = new Negotiation(
      this.carrier,
      next
        ? this.handshake(chain[index]!, "connect", { host: next.host, port: next.port })
        : this.handshake(chain[index]!, command, destination),
      {
        granted: (bound) => {
          if (next) return this.proceed(index + 1, negotiation.rest);
          if (waiting) {
            waiting = false;
            this.events.bound(bound);
            return negotiation.receive(Buffer.alloc(0));
          }
          this.negotiation = undefined;
          this.events.established(this.carrier.release(), bound, negotiation.rest);
        },
        failed: (error) => {
          this.negotiation = undefined;
          this.events.failed(error, true);
        },
      },
    );
    this.negotiation = negotiation;
    negotiation.begin();
    if (early.length > 0) negotiation.receive(early);
  }

  /** The proxy at `index` can be reached through the ones before. */
  private proceed(index: number, early: Buffer): void {
    const proxy = this.request.chain[index]!;
    if (proxy.transport !== "tls") return this.hop(index, early);
    this.negotiation = undefined;
    this.carrier = new TLSCarrier(proxy, this.carrier.release());
    this.open(index);
  }

  private handshake(proxy: Proxy, command: Command, destination: Endpoint): Handshake {
    const credentials = this.request.credentials(proxy);
    const pipeline = this.request.pipelines(proxy);
    const request = { command, destination, pipeline, ...(credentials && { credentials }) };
    return proxy.version === 4 ? new Socks4Handshake(request) : new Socks5Handshake(request);
  }
}
