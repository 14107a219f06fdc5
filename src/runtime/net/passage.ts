import type net from "node:net";
import type { Endpoint } from "../protocol/address";
import type { Command, Handshake, HandshakeRequest } from "../protocol/handshake";
import { Socks4Handshake } from "../protocol/socks4";
import { Socks5Handshake } from "../protocol/socks5";
import { ProtocolFailure } from "../protocol/failure";
import type { Proxy } from "../routes/proxy";
import { openCarrier } from "./carrier";
import type { Grant } from "./dial";
import { Negotiation } from "./negotiation";

export interface PassageEvents {
  bound(bound: Endpoint): void;
  established(grant: Grant): void;
  failed(error: Error, reached: boolean): void;
}

/** One way through one chain: the connection to its first proxy, then a handshake with each in turn. */
export class Passage {
  /** Whether the first proxy has accepted the connection. */
  reached = false;
  /** Whether a request was sent before its greeting was answered. */
  pipelined = false;
  private readonly carrier: net.Socket;
  private negotiation: Negotiation | undefined;

  constructor(
    private readonly command: Command,
    private readonly destination: Endpoint,
    private readonly chain: readonly Proxy[],
    private readonly pipeline: boolean,
    private readonly needGreetingFirst: WeakSet<Proxy>,
    private readonly events: PassageEvents,
  ) {
    this.carrier = openCarrier(chain[0]!);
    this.carrier.once("connect", this.onConnect).on("error", this.onError);
  }

  reference(yes: boolean): void {
    if (yes) this.carrier.ref();
    else this.carrier.unref();
  }

  /** Gives up: the connection to the proxy is closed, no event follows. */
  abandon(): void {
    this.negotiation?.release();
    this.carrier.off("connect", this.onConnect).off("error", this.onError);
    // What happens to it from now on is of no interest, but an 'error' nobody hears would end the process.
    this.carrier.on("error", () => {});
    this.carrier.destroy();
  }

  private readonly onConnect = (): void => {
    this.reached = true;
    this.carrier.off("error", this.onError);
    this.hop(0);
  };

  private readonly onError = (error: Error): void => this.events.failed(error, false);

  private hop(index: number): void {
    const last = index === this.chain.length - 1;
    const next = this.chain[index + 1];
    let handshake: Handshake;
    try {
      handshake = this.handshake(
        this.chain[index]!,
        last ? this.command : "connect",
        last ? this.destination : { host: next!.host, port: next!.port },
      );
    } catch (error) {
      return this.events.failed(error as Error, true);
    }
    let replies = 0;
    const negotiation = (this.negotiation = new Negotiation(this.carrier, handshake, {
      granted: (bound) => {
        if (last && this.command === "bind" && ++replies === 1) {
          this.events.bound(bound);
          return negotiation.resume();
        }
        const rest = negotiation.release();
        this.negotiation = undefined;
        if (!last) return this.hop(index + 1);
        this.events.established({ carrier: this.carrier, bound, rest });
      },
      failed: (error) => this.events.failed(error, true),
    }));
    negotiation.begin();
  }

  private handshake(proxy: Proxy, command: Command, destination: Endpoint): Handshake {
    if (proxy.version === 4) {
      if (destination.host.includes(":"))
        throw new ProtocolFailure(
          "EAFNOSUPPORT",
          "SOCKS4 has no way to name an IPv6 destination",
          "Use a SOCKS5 proxy, or give the destination as a name.",
          "destination",
        );
      if (destination.host.includes("\0")) throw new TypeError("a NUL byte cannot be part of a host name");
    }
    const request: HandshakeRequest = {
      command,
      destination,
      pipeline: this.pipeline && !this.needGreetingFirst.has(proxy),
      ...(proxy.credentials && { credentials: proxy.credentials }),
    };
    if (proxy.version === 5 && request.pipeline && !proxy.credentials) this.pipelined = true;
    return proxy.version === 4 ? new Socks4Handshake(request) : new Socks5Handshake(request);
  }
}
