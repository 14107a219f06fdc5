import type ts from "typescript";
import type { Declarations } from "./declarations.js";
import type { Log } from "./log.js";
import { isElement, isElementOf, placeOf, type Names } from "./names.js";
import { join, withVariable, type State } from "./state.js";
import { open, union, type Outcome, type Value } from "./value.js";

const MOST_STEPS = 200_000;

/** A callback that is run some time after it was handed over. */
export interface Deferred {
  readonly callback: ts.Node;
  readonly state: State;
}

/** One function, or one file, that is being followed. */
export interface Frame {
  /** States that leave a construct early: `return`, `break`, `continue`, with the label where there is one. */
  exits: Map<string, State | undefined>;
  readonly results: Value[];
  /** What it returns, and what holds then; undefined where that can't be told apart. */
  outcomes: Outcome[] | undefined;
  readonly deferred: Deferred[];
}

/**
 * Where the program is while it is followed. `state` is what may hold there; undefined: nothing gets there.
 * The functions that follow statements, expressions and calls move it on.
 */
export class Machine {
  state: State | undefined;
  frame: Frame = newFrame();
  /** The states in which something may have been thrown, for each `try` around the place. */
  readonly handlers: State[][] = [];
  /** The calls that lead to where the program is, by call site: what tells two descriptors of one `socket()` apart. */
  readonly path: string[] = [];
  readonly active: ts.Node[] = [];
  readonly reached = new Set<ts.Node>();
  private steps = 0;
  private hasElements = false;

  constructor(
    readonly names: Names,
    readonly declarations: Declarations,
    readonly log: Log,
  ) {}

  get ts(): Names["ts"] {
    return this.names.ts;
  }

  /** Counts a step. A program that branches and calls beyond measure is not followed to the end, and the log says so. */
  isExhausted(): boolean {
    const isExhausted = ++this.steps > MOST_STEPS;
    this.log.isIncomplete ||= isExhausted;
    return isExhausted;
  }

  mayThrow(state: State | undefined): void {
    if (state) this.handlers.at(-1)?.push(state);
  }

  exit(kind: string): void {
    this.frame.exits.set(kind, join([this.frame.exits.get(kind), this.state]));
    this.state = undefined;
  }

  /** Takes up the states that left by one of these exits. */
  takeExits(...kinds: readonly string[]): void {
    for (const kind of kinds) {
      this.state = join([this.state, this.frame.exits.get(kind)]);
      this.frame.exits.delete(kind);
    }
  }

  /** Follows both branches, and goes on where they meet. */
  branch<T>(branches: readonly { readonly from: State | undefined; readonly follow: () => T }[]): T[] {
    const ends: (State | undefined)[] = [];
    const results = branches.flatMap(({ from, follow }) => {
      this.state = from;
      const result = from ? [follow()] : [];
      ends.push(this.state);
      return result;
    });
    this.state = join(ends);
    return results;
  }

  assign(name: ts.Node, value: Value): void {
    const place = placeOf(this.names, name);
    if (place !== undefined) this.assignPlace(place, value);
  }

  assignPlace(place: string, value: Value): void {
    if (!this.state) return;
    this.state = withVariable(this.state, place, value);
    this.hasElements ||= isElement(place);
    if (this.hasElements) this.forgetElements(place);
  }

  /** What is known of the elements that a variable holds, or is the index of, was known of others. */
  private forgetElements(place: string): void {
    const { variables } = this.state!;
    const stale = [...variables.keys()].filter((key) => isElementOf(key, place));
    if (stale.length === 0) return;
    const left = new Map(variables);
    for (const key of stale) left.delete(key);
    this.state = { ...this.state!, variables: left };
  }

  /** What is put into a container joins what is in it. */
  addTo(name: ts.Node, value: Value): void {
    const place = placeOf(this.names, name);
    if (place === undefined) return;
    this.assignPlace(place, union([this.state?.variables.get(place) ?? open, value]));
  }
}

export function newFrame(): Frame {
  return { exits: new Map(), results: [], outcomes: [], deferred: [] };
}
