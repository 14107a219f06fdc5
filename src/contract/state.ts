import type ts from "typescript";
import { outcomesOf, withOutcomes } from "./outcomes.js";
import { union, type Facts, type Returned, type Value } from "./value.js";

/** Where a descriptor is on its way. `unknown`: somebody out of sight had it; `disordered`: a broken order is told. */
export type Phase =
  | "fresh"
  | "connecting"
  | "connected"
  | "bound"
  | "named"
  | "listening"
  | "accepted"
  | "closed"
  | "disordered"
  | "unknown";

/** All that a descriptor may be at one place of the program. */
export interface Descriptor {
  readonly phases: ReadonlySet<Phase>;
  readonly modes: ReadonlySet<"blocking" | "nonblocking">;
  /** The calls that may have bound it. */
  readonly binds: ReadonlySet<ts.Node>;
  /** One of these, and nobody knows which: what happens to it may have happened to each of them. */
  readonly oneOf?: ReadonlySet<string>;
  /** Those of the calls in `binds` that may have bound another of them. */
  readonly others?: ReadonlySet<ts.Node>;
}

/** What the last connect found, for a test of its result that says it has failed. */
export interface Attempt {
  readonly descriptor: string;
  readonly before: Descriptor;
  readonly connected: State["connected"];
}

/** What may hold at one place of the program. Never changed: every step makes a new one. */
export interface State {
  /** Values of variables and properties, by the place of their declaration. */
  readonly variables: ReadonlyMap<string, Value>;
  readonly descriptors: ReadonlyMap<string, Descriptor>;
  /** Whether a connect to the service's host has succeeded. */
  readonly connected: ReadonlySet<"no" | "yes" | "unknown">;
  readonly attempt?: Attempt;
}

export function initialState(connected: "no" | "unknown"): State {
  return { variables: new Map(), descriptors: new Map(), connected: new Set([connected]) };
}

/** What holds where several paths meet; undefined: none of them gets there. */
export function join(states: readonly (State | undefined)[]): State | undefined {
  const [first, ...rest] = states.filter((state) => state !== undefined);
  return rest.reduce((a, b) => (a && a !== b ? joinTwo(a, b) : a), first);
}

function joinTwo(a: State, b: State): State {
  const descriptors = joinMaps(a.descriptors, b.descriptors, joinDescriptors);
  const connected = new Set([...a.connected, ...b.connected]);
  const facts = { descriptors, connected };
  return {
    variables: joinMaps(a.variables, b.variables, (x, y) => joinValues([x, a], [y, b], facts)),
    ...facts,
    ...(a.attempt && a.attempt === b.attempt ? { attempt: a.attempt } : {}),
  };
}

/** A flag that says on which of two ways the program has come keeps saying so: `while (!connected) …` */
function joinValues([x, a]: [Value, State], [y, b]: [Value, State], met: Facts): Value {
  const value = union([x, y]);
  const [ofX, ofY] = [outcomesOf(x, a), outcomesOf(y, b)];
  if (!ofX || !ofY) return value;
  const byValue = new Map<Returned, Facts>();
  for (const { returned, facts } of [...ofX, ...ofY]) {
    const known = byValue.get(returned);
    byValue.set(returned, known ? joinFacts(known, facts) : facts);
  }
  return withOutcomes(
    value,
    [...byValue].map(([returned, facts]) => ({ returned, facts })),
    met,
  );
}

function joinFacts(a: Facts, b: Facts): Facts {
  const isSame = a.descriptors === b.descriptors && a.connected === b.connected;
  if (isSame) return a;
  return {
    descriptors: joinMaps(a.descriptors, b.descriptors, joinDescriptors),
    connected: new Set([...a.connected, ...b.connected]),
  };
}

function joinMaps<T>(a: ReadonlyMap<string, T>, b: ReadonlyMap<string, T>, of: (x: T, y: T) => T) {
  if (a === b) return a;
  const joined = new Map(a);
  for (const [key, value] of b) {
    const other = joined.get(key);
    joined.set(key, other === undefined || other === value ? value : of(other, value));
  }
  return joined;
}

export function joinDescriptors(a: Descriptor, b: Descriptor): Descriptor {
  return {
    phases: new Set([...a.phases, ...b.phases]),
    modes: new Set([...a.modes, ...b.modes]),
    binds: new Set([...a.binds, ...b.binds]),
    ...(a.oneOf || b.oneOf ? { oneOf: new Set([...(a.oneOf ?? []), ...(b.oneOf ?? [])]) } : {}),
    ...(a.others || b.others ? { others: new Set([...(a.others ?? []), ...(b.others ?? [])]) } : {}),
  };
}

/** Does `a` say no less than `b`? States only grow while a loop is followed, so sizes tell. */
export function covers(a: State | undefined, b: State | undefined): boolean {
  if (!b || a === b) return true;
  return a !== undefined && sizeOf(a) === sizeOf(joinTwo(a, b));
}

/** More than any number of outcomes. */
const ANYTHING = 1_000_000;

function sizeOf({ variables, ...facts }: State): number {
  let size = variables.size + sizeOfFacts(facts);
  for (const { descriptors, functions, kinds, isOpen, constant, outcomes } of variables.values()) {
    size += descriptors.size + functions.size + kinds.size + (isOpen ? 1 : 0);
    // One constant, then some, then anything.
    if (outcomes) for (const each of outcomes.of) size += sizeOfFacts(each.facts);
    else if (!constant) size += ANYTHING;
  }
  return size;
}

function sizeOfFacts({ descriptors, connected }: Facts): number {
  let size = connected.size + descriptors.size;
  for (const { phases, modes, binds, oneOf, others } of descriptors.values())
    size += phases.size + modes.size + binds.size + (oneOf?.size ?? 0) + (others?.size ?? 0);
  return size;
}

export function withDescriptor(state: State, id: string, descriptor: Descriptor): State {
  const attempt = state.attempt?.descriptor === id ? undefined : state.attempt;
  return { ...state, descriptors: new Map(state.descriptors).set(id, descriptor), attempt };
}

const EARLIER = "*";

/** Does the name stand for all descriptors but the last that a `socket()` has made? */
export function isOfMany(id: string): boolean {
  return id.endsWith(EARLIER);
}

/** Another time round a loop: what was made by the same `socket()` is one of the earlier ones from here on. */
export function withEarlier(state: State, id: string): State {
  const last = state.descriptors.get(id);
  if (!last) return state;
  const earlier = `${id}${EARLIER}`;
  const renamed = (ids: ReadonlySet<string>): ReadonlySet<string> =>
    ids.has(id) ? new Set([...ids].map((each) => (each === id ? earlier : each))) : ids;
  const descriptors = new Map<string, Descriptor>();
  for (const [key, each] of state.descriptors)
    if (key !== id)
      descriptors.set(key, each.oneOf?.has(id) ? { ...each, oneOf: renamed(each.oneOf) } : each);
  const known = descriptors.get(earlier);
  descriptors.set(earlier, known ? joinDescriptors(known, last) : last);
  const variables = new Map(state.variables);
  for (const [key, value] of variables)
    if (value.descriptors.has(id)) variables.set(key, { ...value, descriptors: renamed(value.descriptors) });
  return { ...state, variables, descriptors };
}

export function withVariable(state: State, key: string, value: Value): State {
  return { ...state, variables: new Map(state.variables).set(key, value) };
}
