import type { Settings } from "../config/settings";
import type { SocksError } from "../errors/SocksError";
import type { Endpoint } from "../protocol/address";
import { ProtocolFailure } from "../protocol/failure";
import type { Command } from "../protocol/handshake";
import { wireDestination } from "../routes/destination";
import { isolation } from "../routes/isolation";
import type { Proxy } from "../routes/proxy";
import type { Carrier } from "./carrier";
import { deadlineFailure, dialError, nobodyCame, type Limit } from "./dialError";
import { HedgedPassage } from "./hedgedPassage";
import { Passage, pipelines, type PassageEvents, type PassageRequest } from "./passage";
import {
  askStepByStep,
  noteBothTaken,
  noteBreakAfterEarlyData,
  noteGrant,
  noteSilence,
  takesBoth,
  takesEarlyData,
} from "./proxyHabits";
import { openCarrier } from "./transport";
import type { StreamHandle } from "./internals";

/** A request that was granted. */
export interface Grant {
  /** The connection, handshake done; it is reading if it says so. */
  handle: StreamHandle;
  /** BND of the (last) reply. */
  bound: Endpoint;
  /** Bytes that came behind the reply. */
  rest: Buffer;
  /** How many bytes of the caller's went with the request. */
  early: number;
  /** The proxies it goes through. */
  chain: readonly Proxy[];
}

export interface DialEvents {
  /** The reply to CONNECT, or the second one to BIND. */
  established(grant: Grant): void;
  /**
   * The first reply to BIND.
   *
   * @param proxyAddress of the chain's only proxy; undefined for others, and for a Unix socket
   */
  bound?(bound: Endpoint, chain: readonly Proxy[], proxyAddress: string | undefined): void;
  failed(error: SocksError): void;
}

/** What is dialled. */
export interface DialRequest {
  command: Command;
  destination: Endpoint;
  /** Ways to go, tried in this order. */
  chains: readonly (readonly Proxy[])[];
  /** What to send with the request to a proxy that can be trusted with it; see earlyData. */
  early?: (() => Buffer | undefined) | undefined;
}

/** How long a proxy that was never seen to take greeting and request together may keep silent about them, milliseconds. */
const PATIENCE = 1000;

/**
 * One CONNECT or BIND from dial to established: chain after chain until one works, within one total deadline. That of a
 * BIND includes the time that its peer takes; as long as the proxy has not answered, that of a CONNECT holds, too.
 * Whatever happens, exactly one of `established` and `failed` is called, and no timer or listener outlives it;
 * after `abort` neither is. No event comes before `start` returns.
 */
export class Dial implements PassageEvents {
  private passage: Passage | HedgedPassage | undefined;
  private deadline: NodeJS.Timeout | undefined;
  private readonly startedAt = performance.now();
  /** The time until the (first) reply. */
  private readonly limit: Limit;
  private referenced = true;
  private index = 0;
  /** Whether this attempt may send the request with the greeting. */
  private pipeline: boolean;
  /** The first reply to BIND has come: somebody may know of its port, so there is no other way to go any more. */
  private isBound = false;

  /**
   * @param inPlace a carrier for the first attempt, where there is a cheaper one than a socket of its own
   */
  constructor(
    private readonly request: DialRequest,
    private readonly settings: Pick<Settings, "timeout" | "bindTimeout" | "pipeline" | "isolate">,
    private readonly events: DialEvents,
    private inPlace?: (chain: readonly Proxy[]) => Carrier | undefined,
  ) {
    const { timeout, bindTimeout } = settings;
    this.limit =
      request.command === "bind" && bindTimeout < timeout
        ? { milliseconds: bindTimeout, option: "bindTimeout" }
        : { milliseconds: timeout, option: "timeout" };
    this.pipeline = settings.pipeline;
  }

  start(): void {
    this.attempt();
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

  /** Of the passage: the first reply to BIND has come; the second comes when somebody connects. */
  bound(bound: Endpoint): void {
    this.isBound = true;
    const { bindTimeout } = this.settings;
    this.expireAfter(this.startedAt + bindTimeout - performance.now(), () =>
      this.failed(nobodyCame(bindTimeout), true),
    );
    this.events.bound?.(bound, this.chain, this.passage?.address());
  }

  /** Of the passage. */
  established(handle: StreamHandle, bound: Endpoint, rest: Buffer): void {
    clearTimeout(this.deadline);
    const { chain } = this;
    const { early, pipelined } = this.passage!;
    this.passage = undefined;
    if (pipelined) noteBothTaken(chain);
    else if (!this.pipeline && this.settings.pipeline) askStepByStep(chain);
    noteGrant(chain.at(-1)!);
    this.events.established({ handle, bound, rest, early, chain });
  }

  /** Of the passage, or the deadline. */
  failed(error: Error, reached: boolean): void {
    const { pipelined = false, early = 0 } = this.passage ?? {};
    this.passage?.abandon();
    this.passage = undefined;
    if (this.isBound) return this.fail(error, reached);
    const objection = reached && isObjection(error);
    // The caller's bytes may have arrived, and must not arrive twice.
    if (early > 0 && !(error instanceof ProtocolFailure && error.declined)) {
      if (objection) noteBreakAfterEarlyData(this.chain.at(-1)!);
      return this.fail(error, reached, early);
    }
    // The server may have objected to the request that came with the greeting: once more, step by step.
    if (pipelined && objection) {
      this.pipeline = false;
      return this.attempt();
    }
    const worthAnother = !(error instanceof ProtocolFailure && error.stage === "destination");
    if (worthAnother && this.index + 1 < this.request.chains.length && this.remaining > 0) {
      this.index++;
      this.pipeline = this.settings.pipeline;
      return this.attempt();
    }
    this.fail(error, reached);
  }

  private get chain(): readonly Proxy[] {
    return this.request.chains[this.index]!;
  }

  private attempt(): void {
    const { chain, pipeline } = this;
    const { command, early } = this.request;
    const last = chain.at(-1)!;
    let destination: Endpoint;
    try {
      destination = wireDestination(this.request.destination, last);
    } catch (error) {
      process.nextTick(() => this.fail(error as Error, false));
      return;
    }
    const carrier = this.inPlace?.(chain) ?? openCarrier(chain[0]!);
    this.inPlace = undefined;
    const request: PassageRequest = {
      command,
      destination,
      chain,
      pipeline,
      credentials:
        last.version === 5 ? isolation(this.settings.isolate, this.request.destination) : undefined,
      early: pipeline && takesEarlyData(last) ? early : undefined,
    };
    // What is left of the time is shared out, so that a proxy that swallows packets does not use up all of it.
    const share = this.remaining / (this.request.chains.length - this.index);
    this.passage = chain.some((proxy) => pipelines(request, proxy) && !takesBoth(proxy))
      ? new HedgedPassage(carrier, request, this, Math.min(PATIENCE, share / 3))
      : new Passage(carrier, request, this);
    this.expireAfter(share, () => this.expired());
    if (!this.referenced) this.passage.reference(false);
    this.passage.begin();
  }

  /** Milliseconds until the time for the (first) reply is over. */
  private get remaining(): number {
    return this.startedAt + this.limit.milliseconds - performance.now();
  }

  private expireAfter(milliseconds: number, expired: () => void): void {
    clearTimeout(this.deadline);
    this.deadline = setTimeout(expired, Math.max(1, Math.ceil(milliseconds))).unref();
  }

  private expired(): void {
    const { reached, pipelined } = this.passage!;
    if (pipelined) noteSilence(this.chain);
    this.failed(deadlineFailure(this.limit, reached), reached);
  }

  private fail(error: Error, reached: boolean, early = 0): void {
    clearTimeout(this.deadline);
    this.events.failed(dialError(error, this.request.destination, this.chain, reached, early));
  }
}

function isObjection(error: Error): boolean {
  return !(error instanceof ProtocolFailure) || error.code === "ECONNRESET" || error.code === "EPROTO";
}
