import { ProtocolFailure } from "../protocol/failure";
import type { Carrier } from "./carrier";
import { Passage, type PassageEvents, type PassageRequest } from "./passage";
import { askStepByStep } from "./proxyHabits";
import { openCarrier } from "./transport";

/**
 * A passage through proxies of which one may drop a request that comes with the greeting, as microsocks does: it
 * answers the greeting, and waits for ever. So when there is no reply for a while, a second connection asks step by
 * step, and whichever is granted first is kept ("hedged requests": Dean and Barroso, The Tail at Scale, 2013). A slow
 * destination may see a connection that is closed without a byte.
 */
export class HedgedPassage {
  private readonly request: PassageRequest;
  private readonly running: Passage[] = [];
  /** The first one, then the one that has come to an end. */
  private latest: Passage;
  private patience: NodeJS.Timeout | undefined;
  private hedgedAt = 0;
  private referenced = true;

  /**
   * @param carrier for the first connection
   * @param request is made without early data, which must not go twice
   * @param milliseconds how long to wait for a reply before the second connection
   */
  constructor(
    carrier: Carrier,
    request: PassageRequest,
    private readonly events: PassageEvents,
    private readonly milliseconds: number,
  ) {
    this.request = { ...request, early: undefined };
    this.latest = this.add(carrier, this.request);
  }

  get reached(): boolean {
    return this.latest.reached;
  }

  get pipelined(): boolean {
    return this.latest.pipelined;
  }

  get early(): number {
    return this.latest.early;
  }

  address(): string | undefined {
    return this.latest.address();
  }

  begin(): void {
    this.latest.begin();
    this.wait();
  }

  reference(yes: boolean): void {
    this.referenced = yes;
    for (const passage of this.running) passage.reference(yes);
  }

  abandon(): void {
    clearTimeout(this.patience);
    for (const passage of this.running.splice(0)) passage.abandon();
  }

  private wait(): void {
    this.patience = setTimeout(() => this.hedge(), this.milliseconds).unref();
  }

  private hedge(): void {
    // Before the request has been sent there is nothing that could have been dropped.
    if (!this.latest.pipelined) return this.wait();
    this.hedgedAt = performance.now();
    const { request } = this;
    const second = this.add(openCarrier(request.chain[0]!), { ...request, pipeline: false });
    if (!this.referenced) second.reference(false);
    second.begin();
  }

  private add(carrier: Carrier, request: PassageRequest): Passage {
    const passage: Passage = new Passage(carrier, request, {
      bound: (bound) => {
        this.keep(passage);
        this.events.bound(bound);
      },
      established: (handle, bound, rest) => {
        this.keep(passage);
        this.events.established(handle, bound, rest);
      },
      failed: (error, reached) => this.lost(passage, error, reached),
    });
    this.running.push(passage);
    return passage;
  }

  /** The first reply has come, to this one. */
  private keep(passage: Passage): void {
    const [first] = this.running.splice(this.running.indexOf(passage), 1);
    this.abandon();
    this.running.push(first!);
    this.latest = passage;
    // One that answers only late may be as slow either way; then the next connection will tell.
    const isQuicker = this.hedgedAt > 0 && performance.now() - this.hedgedAt < this.milliseconds;
    if (!passage.pipelined && isQuicker) askStepByStep(this.request.chain);
  }

  private lost(passage: Passage, error: Error, reached: boolean): void {
    passage.abandon();
    this.running.splice(this.running.indexOf(passage), 1);
    const isFinal = error instanceof ProtocolFailure && error.declined;
    if (this.running.length > 0 && !isFinal) return;
    this.abandon();
    this.latest = passage;
    this.events.failed(error, reached);
  }
}
