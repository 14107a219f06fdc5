/** What is said of a file that TypeScript, or what walks through its tree, has no call stack for. */
export const TOO_DEEP = "it is nested too deeply for the call stack";

/** A file is nested too deeply to be walked through. Its cause is the RangeError. */
export class TooDeep extends Error {
  /** @param fileName absolute path */
  constructor(
    readonly fileName: string,
    cause: unknown,
  ) {
    super(
      `${fileName} is nested too deeply for the call stack: nothing in it was rewritten. Run node with a larger --stack-size, or leave the file out`,
      { cause },
    );
  }
}

/**
 * Runs what walks through a file. Where expressions are nested thousands deep, the walk, TypeScript's or ours, may
 * need more of the call stack than there is: then that is what the error says, and of which file.
 *
 * @throws TooDeep
 */
export function walking<T>({ fileName }: { readonly fileName: string }, walk: () => T): T {
  try {
    return walk();
  } catch (cause) {
    if (!isTooDeep(cause) || cause instanceof TooDeep) throw cause;
    throw new TooDeep(fileName, cause);
  }
}

/** Was there too little of the call stack? */
export function isTooDeep(error: unknown): boolean {
  return error instanceof RangeError || (error instanceof Error && error.cause instanceof RangeError);
}
