import type ts from "typescript";
import type { SocketCall } from "../tables/schema.js";
import type { State } from "./state.js";

/** What an expression may evaluate to, as far as descriptors go. A container counts as all that is in it. */
export interface Value {
  readonly descriptors: ReadonlySet<string>;
  readonly functions: ReadonlySet<ts.Node>;
  /** The socket functions that it may be, by the part that they play. */
  readonly kinds: ReadonlySet<SocketCall>;
  /** Whether it may be something else, or a descriptor from where nobody looked. */
  readonly isOpen: boolean;
  /** The descriptor whose connect has returned it: 0, or -1 for failure. */
  readonly resultOf?: string;
  /** What a test of it says of that connect: that it has failed where the value is true, or where it is false. */
  readonly tells?: { readonly of: string; readonly failedWhen: boolean };
  /** Functions that settle promises, `resolve` and `reject`: the states in which each is called. */
  readonly settles?: readonly State[][];
  /** What it is for certain. */
  readonly constant?: { readonly is: Returned };
  /** What it was where paths met, by `return` or after a branch; good for as long as nothing has happened since. */
  readonly outcomes?: Outcomes;
}

/** A constant, or anything else. */
export type Returned = boolean | number | string | null | undefined | typeof SOMETHING;

/** Something that is neither a constant nor negative, if it is a number: a descriptor, an object. */
export const SOMETHING = Symbol("something");

export interface Outcomes {
  /** What held when the paths had met. */
  readonly at: Facts;
  readonly of: readonly Outcome[];
}

/** A value, and what holds where it is that. */
export interface Outcome {
  readonly returned: Returned;
  readonly facts: Facts;
}

/** What a state says of descriptors. */
export type Facts = Pick<State, "descriptors" | "connected">;

const none: ReadonlySet<never> = new Set<never>();

export const open: Value = { descriptors: none, functions: none, kinds: none, isOpen: true };

export function descriptorValue(id: string): Value {
  return { descriptors: new Set([id]), functions: none, kinds: none, isOpen: false };
}

export function functionValue(node: ts.Node): Value {
  return { descriptors: none, functions: new Set([node]), kinds: none, isOpen: false };
}

export function socketFunction(kind: SocketCall): Value {
  return { descriptors: none, functions: none, kinds: new Set([kind]), isOpen: false };
}

export function union(values: readonly Value[]): Value {
  const [first, ...rest] = values;
  if (!first) return open;
  if (rest.length === 0) return first;
  const settles = values.flatMap((value) => (value.settles ? [value.settles] : []));
  return {
    descriptors: new Set(values.flatMap(({ descriptors }) => [...descriptors])),
    functions: new Set(values.flatMap(({ functions }) => [...functions])),
    kinds: new Set(values.flatMap(({ kinds }) => [...kinds])),
    ...(settles.length > 0 ? { settles: settles.flat() } : {}),
    isOpen: values.some(({ isOpen }) => isOpen),
  };
}
