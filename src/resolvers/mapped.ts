import type { Identity } from "../engine/vocabulary.js";

/** The flags of one compiler's types that tell what their values are: their numbers differ between versions. */
export interface ValueFlags {
  readonly StringLike: number;
  readonly NumberLike: number;
  readonly BigIntLike: number;
  readonly BooleanLike: number;
  readonly ESSymbolLike: number;
  readonly VoidLike: number;
  readonly Null: number;
  readonly Object: number;
}

/** Neither a function nor anything that may hold one. */
export function isPrimitive(flags: ValueFlags, type: { readonly flags: number }): boolean {
  const primitive =
    flags.StringLike |
    flags.NumberLike |
    flags.BigIntLike |
    flags.BooleanLike |
    flags.ESSymbolLike |
    flags.VoidLike |
    flags.Null;
  return (type.flags & primitive) !== 0;
}

/** Can the type that a symbol has now matter, whatever its declarations say? */
export function mayBeMapped({ kind }: Identity): boolean {
  return kind === "export" || kind === "global" || kind === "mixed";
}

/**
 * What a member is that a type makes of another's: `{ [K in keyof Socket]: string }` declares its members where the
 * socket's are, and has none of its methods. An object may still keep the function in a property, as a descriptor does.
 *
 * @param isCallable the constituents of its type that are no primitives, each: can it be called or constructed, or may it be?
 * @param isFunction a declaration of it is that of a function or a class; an assignment may be another
 */
export function asMapped(identity: Identity, isCallable: readonly boolean[], isFunction: boolean): Identity {
  if (isCallable.length === 0) return { kind: "unknown" };
  return isFunction && !isCallable.includes(true)
    ? { kind: "mixed", of: [identity, { kind: "unknown" }] }
    : identity;
}

/** The class and the name of a method whose own results a mapped type's are compared with. */
export function methodOf(identity: Identity): { module: string; owner: string; method: string } | undefined {
  if (identity.kind !== "export" || identity.path.length !== 2) return undefined;
  const [owner, method] = identity.path as readonly [string, string];
  return { module: identity.module, owner, method };
}

/**
 * `{ [K in keyof Socket]: () => string }`: do results say that it is another function than the socket's own? Where none of
 * them may be what the method gives, nor the other way round, it is. `void` says nothing: what gives anything fits there.
 */
export function isOtherFunction<T extends { readonly flags: number }>(
  flags: ValueFlags,
  results: readonly T[],
  own: readonly T[],
  isAssignable: (source: T, target: T) => boolean,
): boolean {
  return (
    results.length > 0 &&
    own.length > 0 &&
    [...results, ...own].every((each) => !(each.flags & flags.VoidLike)) &&
    results.every((result) => own.every((each) => !isAssignable(result, each) && !isAssignable(each, result)))
  );
}
