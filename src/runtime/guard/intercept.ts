import { errnoOf } from "../errors/codes";

/** The object whose methods a watcher puts itself in front of: the prototype of one of Node's handle classes. */
type Methods = Record<string, (...args: unknown[]) => unknown>;

/**
 * Puts `before` in front of methods of a handle class.
 *
 * @param before returns a number to have that returned instead of making the call; handles report failure by a
 *   negative one, which Node turns into an error
 * @returns takes it away again
 */
export function intercept(
  prototype: object,
  names: readonly string[],
  before: (handle: object, name: string, args: unknown[]) => number | void,
): () => void {
  const methods = prototype as Methods;
  const originals = names
    .filter((name) => typeof methods[name] === "function")
    .map((name) => [name, methods[name]!] as const);
  for (const [name, original] of originals) {
    methods[name] = function (this: object, ...args) {
      return before(this, name, args) ?? Reflect.apply(original, this, args);
    };
  }
  return () => {
    for (const [name, original] of originals) methods[name] = original;
  };
}

/** What a handle returns for a call that is not permitted. */
export const EACCES = errnoOf("EACCES")!;
