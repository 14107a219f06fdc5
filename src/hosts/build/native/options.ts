/** Compiler options that decide what is said and written. */
export interface Options extends Flags {
  readonly noEmit?: boolean;
  readonly noEmitOnError?: boolean;
  readonly noCheck?: boolean;
  readonly declaration?: boolean;
  readonly composite?: boolean;
  readonly emitDeclarationOnly?: boolean;
  readonly outDir?: string;
  readonly declarationDir?: string;
  readonly sourceMap?: boolean;
  readonly inlineSourceMap?: boolean;
}

/** Options of the command line rather than the compiler, which its API leaves as they were written. */
export interface Flags {
  readonly pretty?: boolean;
  readonly listFiles?: boolean;
  readonly listEmittedFiles?: boolean;
  readonly plugins?: unknown;
}

export function flagsOf(written: Flags = {}): Flags {
  const { pretty, listFiles, listEmittedFiles, plugins } = written;
  const given = Object.entries({ pretty, listFiles, listEmittedFiles, plugins });
  return Object.fromEntries(given.filter(([, value]) => value !== undefined));
}
