import type net from "node:net";
import type { Endpoint } from "../protocol/address";
import { ProtocolFailure } from "../protocol/failure";
import type { Handshake } from "../protocol/handshake";

export interface NegotiationEvents {
  /** A success reply came; the negotiation stands still until `resume` or `release`. */
  granted(bound: Endpoint): void;
  /** It is over: a ProtocolFailure, or the carrier's own error. */
  failed(error: Error): void;
}

/** Runs a handshake over a connection to the proxy (the carrier). */
export class Negotiation {
  private received = 0;

  constructor(
    private readonly carrier: net.Socket,
    private readonly handshake: Handshake,
    private readonly events: NegotiationEvents,
  ) {}

  begin(): void {
    this.carrier.on("data", this.onData).on("end", this.onEnd).on("error", this.onError);
    this.carrier.on("close", this.onEnd);
    this.carrier.write(this.handshake.begin());
  }

  /** Takes every listener off the carrier. @returns the bytes behind the last reply */
  release(): Buffer {
    this.carrier.off("data", this.onData).off("end", this.onEnd).off("error", this.onError);
    this.carrier.off("close", this.onEnd);
    return this.handshake.rest;
  }

  /** Goes on after `granted`, to the next reply (BIND). */
  resume(): void {
    this.onData(Buffer.alloc(0));
  }

  private readonly onData = (bytes: Buffer): void => {
    this.received += bytes.length;
    let progress;
    try {
      progress = this.handshake.receive(bytes);
    } catch (error) {
      return this.fail(error as Error);
    }
    if (progress.send) this.carrier.write(progress.send);
    if (progress.granted) this.events.granted(progress.granted);
  };

  private readonly onError = (error: Error): void => this.fail(error);

  /** A FIN in mid-handshake is final: what is missing will never come. */
  private readonly onEnd = (): void =>
    this.fail(
      new ProtocolFailure(
        "ECONNRESET",
        `the proxy closed the connection during the handshake, after ${this.received} bytes of its answer`,
        "The proxy may have no free slot, not allow this client, or speak another protocol; see its log.",
        "handshake",
      ),
    );

  private fail(error: Error): void {
    this.release();
    this.events.failed(error);
  }
}
