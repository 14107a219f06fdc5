import type ts from "typescript";

/** What an expression may evaluate to, as far as descriptors go. A container counts as all that is in it. */
export interface Value {
  readonly descriptors: ReadonlySet<string>;
  readonly functions: ReadonlySet<ts.Node>;
  /** Whether it may be something else, or a descriptor from where nobody looked. */
  readonly isOpen: boolean;
  /** The descriptor whose connect has returned it: 0, or -1 for failure. */
  readonly resultOf?: string;
}

const none: ReadonlySet<never> = new Set<never>();

export const open: Value = { descriptors: none, functions: none, isOpen: true };

export function descriptorValue(id: string): Value {
  return { descriptors: new Set([id]), functions: none, isOpen: false };
}

export function functionValue(node: ts.Node): Value {
  return { descriptors: none, functions: new Set([node]), isOpen: false };
}

export function union(values: readonly Value[]): Value {
  const [first, ...rest] = values;
  if (!first) return open;
  if (rest.length === 0) return first;
  return {
    descriptors: new Set(values.flatMap(({ descriptors }) => [...descriptors])),
    functions: new Set(values.flatMap(({ functions }) => [...functions])),
    isOpen: values.some(({ isOpen }) => isOpen),
  };
}
