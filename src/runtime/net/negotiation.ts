import type { Endpoint } from "../protocol/address";
import { ProtocolFailure } from "../protocol/failure";
import type { Handshake } from "../protocol/handshake";
import type { Carrier } from "./carrier";

export interface NegotiationEvents {
  /** A success reply came; after the first one to BIND call `receive` with nothing to go on. */
  granted(bound: Endpoint): void;
  failed(error: Error): void;
}

/** Runs a handshake over a carrier. */
export class Negotiation {
  private received = 0;

  constructor(
    private readonly carrier: Carrier,
    private readonly handshake: Handshake,
    private readonly events: NegotiationEvents,
  ) {}

  begin(): void {
    this.carrier.write(this.handshake.begin());
  }

  /** Bytes behind the last reply. */
  get rest(): Buffer {
    return this.handshake.rest;
  }

  receive(bytes: Buffer): void {
    this.received += bytes.length;
    let progress;
    try {
      progress = this.handshake.receive(bytes);
    } catch (error) {
      return this.events.failed(error as Error);
    }
    if (progress.send) this.carrier.write(progress.send);
    if (progress.granted) this.events.granted(progress.granted);
  }

  /** A FIN in mid-handshake is final: what is missing will never come. */
  closed(error?: Error): void {
    this.events.failed(
      error ??
        new ProtocolFailure(
          "ECONNRESET",
          `the proxy closed the connection during the handshake, after ${this.received} bytes of its answer`,
          this.handshake.awaitsReply
            ? "The proxy may not have reached the destination (ssh -D says so by closing), or not allow it; see its log."
            : "The proxy may have no free slot, not allow this client, or speak another protocol; see its log.",
          "handshake",
        ),
    );
  }
}
