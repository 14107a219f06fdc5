import type net from "node:net";
import type { Settings } from "../config/settings";
import type { SocksError } from "../errors/SocksError";
import type { Endpoint } from "../protocol/address";
import { ProtocolFailure } from "../protocol/failure";
import type { Command } from "../protocol/handshake";
import type { Proxy } from "../routes/proxy";
import { wireDestination } from "../routes/destination";
import { deadlineFailure, dialError } from "./dialError";
import { Passage } from "./passage";

/** A request that was granted. */
export interface Grant {
  carrier: net.Socket;
  /** BND of the (last) reply. */
  bound: Endpoint;
  /** Bytes that came behind the reply. */
  rest: Buffer;
}

export interface DialEvents {
  /** The reply to CONNECT, or the second one to BIND. */
  established(grant: Grant): void;
  /** The first reply to BIND. */
  bound?(bound: Endpoint, chain: readonly Proxy[]): void;
  failed(error: SocksError): void;
}

/** Proxies that were seen to choke on a request that came with the greeting. */
const needGreetingFirst = new WeakSet<Proxy>();

/**
 * One CONNECT or BIND from dial to established: chain after chain until one works, within one total deadline.
 * Whatever happens, exactly one of `established` and `failed` is called, and no timer or listener outlives it;
 * after `abort` neither is.
 */
export class Dial {
  private passage: Passage | undefined;
  private deadline: NodeJS.Timeout | undefined;
  private readonly endsAt: number;
  private referenced = true;
  private index = 0;

  constructor(
    private readonly command: Command,
    private readonly destination: Endpoint,
    private readonly chains: readonly (readonly Proxy[])[],
    private readonly settings: Pick<Settings, "timeout" | "pipeline">,
    private readonly events: DialEvents,
  ) {
    this.endsAt = performance.now() + settings.timeout;
  }

  /** Never calls an event before it returns. */
  start(): void {
    this.attempt(this.settings.pipeline);
  }

  abort(): void {
    clearTimeout(this.deadline);
    this.passage?.abandon();
    this.passage = undefined;
  }

  /** Whether the dial keeps the process alive. */
  reference(yes: boolean): void {
    this.referenced = yes;
    this.passage?.reference(yes);
  }

  private get chain(): readonly Proxy[] {
    return this.chains[this.index]!;
  }

  private attempt(pipeline: boolean): void {
    let wire: Endpoint;
    try {
      wire = wireDestination(this.destination);
    } catch (error) {
      process.nextTick(() => this.fail(error as Error, false));
      return;
    }
    // What is left of the time is shared out, so that a proxy that swallows packets does not use up all of it.
    const share = (this.endsAt - performance.now()) / (this.chains.length - this.index);
    const milliseconds = Math.max(1, Math.ceil(share));
    const passage = new Passage(this.command, wire, this.chain, pipeline, needGreetingFirst, {
      bound: (bound) => this.events.bound?.(bound, this.chain),
      established: (grant) => {
        if (!pipeline && this.settings.pipeline) needGreetingFirst.add(this.chain[0]!);
        clearTimeout(this.deadline);
        this.passage = undefined;
        this.events.established(grant);
      },
      failed: (error, reached) => this.failed(error, reached, pipeline && passage.pipelined),
    });
    this.passage = passage;
    if (!this.referenced) passage.reference(false);
    clearTimeout(this.deadline);
    this.deadline = setTimeout(() => {
      this.failed(deadlineFailure(this.settings.timeout, passage.reached), passage.reached, false);
    }, milliseconds).unref();
  }

  private failed(error: Error, reached: boolean, pipelined: boolean): void {
    this.passage?.abandon();
    this.passage = undefined;
    // The server may have objected to the request that came with the greeting: once more, step by step.
    if (pipelined && reached && isObjection(error)) return this.attempt(false);
    const worthAnother = !(error instanceof ProtocolFailure && error.stage === "destination");
    if (worthAnother && this.index + 1 < this.chains.length && performance.now() < this.endsAt) {
      this.index++;
      return this.attempt(this.settings.pipeline);
    }
    this.fail(error, reached);
  }

  private fail(error: Error, reached: boolean): void {
    clearTimeout(this.deadline);
    this.events.failed(dialError(error, this.destination, this.chain, reached));
  }
}

function isObjection(error: Error): boolean {
  return !(error instanceof ProtocolFailure) || error.code === "ECONNRESET" || error.code === "EPROTO";
}
