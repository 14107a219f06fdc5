import type ts from "typescript";
import type { ValueFlags } from "../mapped.js";
import type { KeyFlags } from "../texts.js";

/** The node of a remote syntax tree, under the type that the engine knows nodes by. */
export type Node = ts.Node;

export interface NativeType {
  readonly flags: number;
  /** Of a literal type. */
  readonly value?: unknown;
}

/** A declaration that has not been fetched: where it is, and how to get it. */
export interface NativeDeclaration {
  readonly path: string;
  readonly index: number;
  readonly kind: number;
  resolve(): Node | undefined;
}

export interface NativeSymbol {
  readonly id: number;
  /** Ambient modules are named in quotation marks; names beginning with `__` are the compiler's. */
  readonly escapedName: string;
  readonly name: string;
  readonly flags: number;
  readonly checkFlags: number;
  readonly declarations: readonly NativeDeclaration[];
  getParent(): NativeSymbol | undefined;
}

/**
 * What the resolver asks of a native checker. Each method takes all its arguments at once: an API that has a batch
 * form answers in one round trip.
 */
export interface NativeChecker {
  symbolsAt(nodes: readonly Node[]): readonly (NativeSymbol | undefined)[];
  shorthandValues(nodes: readonly Node[]): readonly (NativeSymbol | undefined)[];
  exportSpecifierTargets(nodes: readonly Node[]): readonly (NativeSymbol | undefined)[];
  aliased(symbols: readonly NativeSymbol[]): readonly NativeSymbol[];
  typesAt(nodes: readonly Node[]): readonly (NativeType | undefined)[];
  /** The types that are expected where expressions stand. */
  expectedAt(nodes: readonly Node[]): readonly (NativeType | undefined)[];
  /** The types without `null` and `undefined`. */
  present(types: readonly NativeType[]): readonly NativeType[];
  /** The members of types without `null` and `undefined`. */
  properties(
    wanted: readonly { readonly type: NativeType; readonly name: string }[],
  ): readonly (NativeSymbol | undefined)[];
  /** What values of symbols are: of one that a mapped type has made, it is what that says. */
  typesOf(symbols: readonly NativeSymbol[]): readonly (NativeType | undefined)[];
  /** Have values of the types a signature by which they are called or constructed? */
  callable(types: readonly NativeType[]): readonly boolean[];
  /** What calls of values of the types give, by each signature. */
  results(types: readonly NativeType[]): readonly (readonly NativeType[])[];
  /** The type of instances of a class that an ambient module exports. */
  instance(module: string, name: string): NativeType | undefined;
  /** Can the source be given where the target, or what it is constrained to, is asked for? */
  assignable(
    pairs: readonly { readonly source: NativeType; readonly target: NativeType }[],
  ): readonly boolean[];
  /** The constituents of a union, or of the one that a type is constrained to; of any other type, none. */
  parts(types: readonly NativeType[]): readonly (readonly NativeType[])[];
  /** What properties are that no declaration names: the type of the index signature, if there is one. */
  indexed(types: readonly NativeType[]): readonly (NativeType | undefined)[];
  /** The symbols that these names have outside of all modules. */
  globals(names: readonly string[]): readonly (NativeSymbol | undefined)[];
  readonly flags: {
    readonly alias: number;
    readonly anyOrUnknown: number;
    readonly intersection: number;
    readonly synthetic: number;
    readonly transient: number;
  };
  readonly keyFlags: KeyFlags;
  readonly valueFlags: ValueFlags;
}
