import type ts from "typescript";

/**
 * Runs what walks through a file. Where expressions are nested thousands deep, the walk, TypeScript's or ours, may
 * need more of the call stack than there is: then that is what the error says, and of which file.
 *
 * @throws Error that names the file, with the RangeError as its cause
 */
export function walking<T>({ fileName }: ts.SourceFile, walk: () => T): T {
  try {
    return walk();
  } catch (cause) {
    if (!isTooDeep(cause)) throw cause;
    throw new Error(
      `${fileName} is nested too deeply for the call stack: nothing in it was rewritten. Run node with a larger --stack-size, or leave the file out`,
      { cause },
    );
  }
}

/** Was there too little of the call stack? */
export function isTooDeep(error: unknown): boolean {
  return error instanceof RangeError || (error instanceof Error && error.cause instanceof RangeError);
}
