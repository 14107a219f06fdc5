import type ts from "typescript";
import { union, type Value } from "./value.js";

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
  return {
    variables: joinMaps(a.variables, b.variables, (x, y) => union([x, y])),
    descriptors: joinMaps(a.descriptors, b.descriptors, joinDescriptors),
    connected: new Set([...a.connected, ...b.connected]),
    ...(a.attempt && a.attempt === b.attempt ? { attempt: a.attempt } : {}),
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
  };
}

/** Does `a` say no less than `b`? States only grow while a loop is followed, so sizes tell. */
export function covers(a: State | undefined, b: State | undefined): boolean {
  if (!b || a === b) return true;
  return a !== undefined && sizeOf(a) === sizeOf(joinTwo(a, b));
}

function sizeOf({ variables, descriptors, connected }: State): number {
  let size = connected.size + variables.size + descriptors.size;
  for (const value of variables.values())
    size += value.descriptors.size + value.functions.size + (value.isOpen ? 1 : 0);
  for (const { phases, modes, binds } of descriptors.values()) size += phases.size + modes.size + binds.size;
  return size;
}

export function withDescriptor(state: State, id: string, descriptor: Descriptor): State {
  const attempt = state.attempt?.descriptor === id ? undefined : state.attempt;
  return { ...state, descriptors: new Map(state.descriptors).set(id, descriptor), attempt };
}

export function withVariable(state: State, key: string, value: Value): State {
  return { ...state, variables: new Map(state.variables).set(key, value) };
}
