/** A type of any compiler, as far as a key goes by it. */
interface KeyType {
  readonly flags: number;
  /** Of a literal type. */
  readonly value?: unknown;
}

/** The flags of one compiler's types that matter in a key: their numbers differ between versions. */
export interface KeyFlags {
  readonly StringLiteral: number;
  readonly NumberLike: number;
  readonly ESSymbolLike: number;
  readonly Undefined: number;
  readonly Null: number;
  readonly Never: number;
}

/** The texts that a key of one of these types may be; undefined where that is any text. */
export function textsOfTypes(flags: KeyFlags, types: readonly KeyType[]): readonly string[] | undefined {
  const none = flags.NumberLike | flags.ESSymbolLike | flags.Undefined | flags.Null | flags.Never;
  const texts = types.flatMap((type) => {
    if (type.flags & flags.StringLiteral && typeof type.value === "string") return [type.value];
    return type.flags & none ? [] : [undefined];
  });
  return texts.every((text) => text !== undefined) ? texts : undefined;
}
