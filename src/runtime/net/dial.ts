import type { Settings } from "../config/settings";
import type { SocksError } from "../errors/SocksError";
import type { Endpoint } from "../protocol/address";
import { ProtocolFailure } from "../protocol/failure";
import type { Command, Credentials } from "../protocol/handshake";
import { wireDestination } from "../routes/destination";
import { isolation } from "../routes/isolation";
import type { Proxy } from "../routes/proxy";
import type { Carrier } from "./carrier";
import { deadlineFailure, dialError, nobodyCame } from "./dialError";
import { Passage } from "./passage";
import { openCarrier } from "./transport";
import type { StreamHandle } from "./internals";

/** A request that was granted. */
export interface Grant {
  /** The connection, handshake done, not reading. */
  handle: StreamHandle;
  /** BND of the (last) reply. */
  bound: Endpoint;
  /** Bytes that came behind the reply. */
  rest: Buffer;
  /** The proxies it goes through. */
  chain: readonly Proxy[];
}

export interface DialEvents {
  /** The reply to CONNECT, or the second one to BIND. */
  established(grant: Grant): void;
  /** The first reply to BIND. */
  bound?(bound: Endpoint, chain: readonly Proxy[]): void;
  failed(error: SocksError): void;
}

/** What is dialled. */
export interface DialRequest {
  command: Command;
  destination: Endpoint;
  /** Ways to go, tried in this order. */
  chains: readonly (readonly Proxy[])[];
}

/** Proxies that choke on a request that comes with the greeting, or seem to. */
const needGreetingFirst = new WeakSet<Proxy>();
/** Proxies that were seen to take the two together. */
const takeBoth = new WeakSet<Proxy>();

/**
 * One CONNECT or BIND from dial to established: chain after chain until one works, within one total deadline.
 * Whatever happens, exactly one of `established` and `failed` is called, and no timer or listener outlives it;
 * after `abort` neither is. No event comes before `start` returns.
 */
export class Dial {
  private passage: Passage | undefined;
  private deadline: NodeJS.Timeout | undefined;
  private readonly endsAt: number;
  private referenced = true;
  private index = 0;
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
    this.endsAt = performance.now() + settings.timeout;
  }

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
    return this.request.chains[this.index]!;
  }

  private attempt(pipeline: boolean): void {
    const { chain } = this;
    const { command, destination } = this.request;
    let wire: Endpoint;
    try {
      wire = wireDestination(destination, chain.at(-1)!);
    } catch (error) {
      process.nextTick(() => this.fail(error as Error, false));
      return;
    }
    const carrier = this.inPlace?.(chain) ?? openCarrier(chain[0]!);
    this.inPlace = undefined;
    const isolated = isolation(this.settings.isolate, destination);
    const credentials = (proxy: Proxy): Credentials | undefined =>
      proxy.credentials ?? (proxy.version === 5 && proxy === chain.at(-1) ? isolated : undefined);
    let pipelined = false;
    const pipelines = (proxy: Proxy): boolean => {
      const yes = pipeline && proxy.version === 5 && !credentials(proxy) && !needGreetingFirst.has(proxy);
      pipelined ||= yes;
      return yes;
    };
    const passage = new Passage(
      carrier,
      { command, destination: wire, chain, pipelines, credentials },
      {
        bound: (bound) => {
          this.waitForPeer();
          this.events.bound?.(bound, chain);
        },
        established: (handle, bound, rest) => {
          if (pipelined) for (const proxy of chain) takeBoth.add(proxy);
          else if (!pipeline && this.settings.pipeline) this.askStepByStep();
          clearTimeout(this.deadline);
          this.passage = undefined;
          this.events.established({ handle, bound, rest, chain });
        },
        failed: (error, reached) => this.failed(error, reached, pipelined),
      },
    );
    this.passage = passage;
    this.limit(passage, () => pipelined);
    if (!this.referenced) passage.reference(false);
    passage.begin();
  }

  /** What is left of the time is shared out, so that a proxy that swallows packets does not use up all of it. */
  private limit(passage: Passage, pipelined: () => boolean): void {
    const share = (this.endsAt - performance.now()) / (this.request.chains.length - this.index);
    clearTimeout(this.deadline);
    this.deadline = setTimeout(
      () => {
        const { reached } = passage;
        // No time is left for a second attempt, but the next connection need not suffer the same.
        const dropped = reached && pipelined() && !this.chain.every((proxy) => takeBoth.has(proxy));
        if (dropped) this.askStepByStep();
        this.failed(deadlineFailure(this.settings.timeout, reached, dropped), reached, false);
      },
      Math.max(1, Math.ceil(share)),
    ).unref();
  }

  /** From now on these proxies get the request when they have answered the greeting. */
  private askStepByStep(): void {
    for (const proxy of this.chain) needGreetingFirst.add(proxy);
  }

  /** The first reply to BIND has come; the second comes when somebody connects. */
  private waitForPeer(): void {
    this.isBound = true;
    clearTimeout(this.deadline);
    const { bindTimeout } = this.settings;
    this.deadline = setTimeout(() => this.failed(nobodyCame(bindTimeout), true, false), bindTimeout).unref();
  }

  private failed(error: Error, reached: boolean, pipelined: boolean): void {
    this.passage?.abandon();
    this.passage = undefined;
    if (this.isBound) return this.fail(error, reached);
    // The server may have objected to the request that came with the greeting: once more, step by step.
    if (pipelined && reached && isObjection(error)) return this.attempt(false);
    const worthAnother = !(error instanceof ProtocolFailure && error.stage === "destination");
    if (worthAnother && this.index + 1 < this.request.chains.length && performance.now() < this.endsAt) {
      this.index++;
      return this.attempt(this.settings.pipeline);
    }
    this.fail(error, reached);
  }

  private fail(error: Error, reached: boolean): void {
    clearTimeout(this.deadline);
    this.events.failed(dialError(error, this.request.destination, this.chain, reached));
  }
}

function isObjection(error: Error): boolean {
  return !(error instanceof ProtocolFailure) || error.code === "ECONNRESET" || error.code === "EPROTO";
}
