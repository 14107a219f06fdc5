import type { Endpoint } from "../protocol/address";
import type { Command, Credentials, Handshake, HandshakeRequest } from "../protocol/handshake";
import { Socks4Handshake } from "../protocol/socks4";
import { Socks5Handshake } from "../protocol/socks5";
import type { Proxy } from "../routes/proxy";
import type { Carrier, CarrierEvents } from "./carrier";
import type { StreamHandle } from "./internals";
import { Negotiation, type NegotiationEvents } from "./negotiation";
import { needsGreetingFirst } from "./proxyHabits";
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
  /** Whether a proxy gets the request together with the greeting, unless it is known not to like that. */
  pipeline: boolean;
  /** For the last proxy, if it has none of its own. */
  credentials: Credentials | undefined;
  /** The caller's first bytes, for the last proxy's request; asked for when there is a connection to that proxy. */
  early: (() => Buffer | undefined) | undefined;
}

const NOTHING = Buffer.alloc(0);

function credentialsOf({ chain, credentials }: PassageRequest, proxy: Proxy): Credentials | undefined {
  return proxy.credentials ?? (proxy === chain.at(-1) ? credentials : undefined);
}

/** Whether this proxy gets the request together with the greeting. */
export function pipelines(request: PassageRequest, proxy: Proxy): boolean {
  return (
    request.pipeline && proxy.version === 5 && !credentialsOf(request, proxy) && !needsGreetingFirst(proxy)
  );
}

/** One way through one chain: the connection to its first proxy, then a handshake with each in turn. */
export class Passage implements CarrierEvents, NegotiationEvents {
  /** Whether the first proxy has accepted the connection. */
  reached = false;
  /** Whether a request went with a greeting. */
  pipelined = false;
  /** How many of the caller's bytes go with the request. */
  early = 0;
  private index = 0;
  private awaitsPeer: boolean;
  private negotiation: Negotiation | undefined;
  private referenced = true;

  constructor(
    private carrier: Carrier,
    private readonly request: PassageRequest,
    private readonly events: PassageEvents,
  ) {
    this.awaitsPeer = request.command === "bind";
  }

  begin(): void {
    this.carrier.connect(this);
    if (!this.referenced) this.carrier.reference(false);
  }

  reference(yes: boolean): void {
    this.referenced = yes;
    this.carrier.reference(yes);
  }

  /** The address of the last proxy, where this machine has a connection to it. */
  address(): string | undefined {
    return this.index === 0 ? this.carrier.address() : undefined;
  }

  abandon(): void {
    this.negotiation = undefined;
    this.carrier.abandon();
  }

  connected(): void {
    this.reached = true;
    this.hop(NOTHING);
  }

  data(bytes: Buffer): void {
    this.negotiation?.receive(bytes);
  }

  closed(error?: Error): void {
    if (this.negotiation) this.negotiation.closed(error);
    else this.events.failed(error ?? new Error("the connection was closed"), this.reached);
  }

  granted(bound: Endpoint): void {
    const { rest } = this.negotiation!;
    if (this.index + 1 < this.request.chain.length) return this.proceed(rest);
    if (this.awaitsPeer) {
      this.awaitsPeer = false;
      this.events.bound(bound);
      return this.negotiation?.receive(NOTHING);
    }
    this.negotiation = undefined;
    this.events.established(this.carrier.release(), bound, rest);
  }

  failed(error: Error): void {
    this.negotiation = undefined;
    this.events.failed(error, true);
  }

  /**
   * The handshake with the proxy at `index`, to which there is a connection.
   *
   * @param sent what it has sent already
   */
  private hop(sent: Buffer): void {
    this.negotiation = new Negotiation(this.carrier, this.handshake(), this);
    this.negotiation.begin();
    if (sent.length > 0) this.negotiation.receive(sent);
  }

  /** The next proxy can be reached through the ones before. */
  private proceed(sent: Buffer): void {
    const proxy = this.request.chain[++this.index]!;
    if (proxy.transport !== "tls") return this.hop(sent);
    this.negotiation = undefined;
    this.carrier = new TLSCarrier(proxy, this.carrier.release());
    this.begin();
  }

  private handshake(): Handshake {
    const { chain, command, destination } = this.request;
    const proxy = chain[this.index]!;
    const next = chain[this.index + 1];
    const credentials = credentialsOf(this.request, proxy);
    const pipeline = pipelines(this.request, proxy);
    this.pipelined ||= pipeline;
    const request: HandshakeRequest = {
      command: next ? "connect" : command,
      destination: next ?? destination,
      credentials,
      pipeline,
      early: next ? undefined : this.takeEarly(),
    };
    return proxy.version === 4 ? new Socks4Handshake(request) : new Socks5Handshake(request);
  }

  private takeEarly(): Buffer | undefined {
    const bytes = this.request.early?.();
    this.early = bytes?.length ?? 0;
    return bytes;
  }
}
