/** Compiler options that decide what is said and written. */
export interface Options extends Flags {
  readonly noEmit?: boolean;
  readonly noEmitOnError?: boolean;
  readonly noCheck?: boolean;
  readonly declaration?: boolean;
  readonly composite?: boolean;
  readonly incremental?: boolean;
  readonly tsBuildInfoFile?: string;
  readonly emitDeclarationOnly?: boolean;
  readonly outDir?: string;
  readonly rootDir?: string;
  readonly declarationDir?: string;
  readonly allowJs?: boolean;
  readonly checkJs?: boolean;
  readonly sourceMap?: boolean;
  readonly inlineSourceMap?: boolean;
}

/** Options of the command line rather than the compiler, which its API leaves as they were written. */
export interface Flags {
  readonly pretty?: boolean;
  readonly listFiles?: boolean;
  readonly listEmittedFiles?: boolean;
  readonly plugins?: unknown;
  readonly explainFiles?: boolean;
  readonly traceResolution?: boolean;
  readonly diagnostics?: boolean;
  readonly extendedDiagnostics?: boolean;
  readonly generateTrace?: string;
}

const telling = [
  "explainFiles",
  "traceResolution",
  "diagnostics",
  "extendedDiagnostics",
  "generateTrace",
] as const;

/** Whether the compiler is to tell of itself, which only its own command line can. */
export function isTelling(options: Flags): boolean {
  return telling.some((name) => options[name]);
}

export const flagNames = ["pretty", "listFiles", "listEmittedFiles", "plugins", ...telling] as const;

export function flagsOf(written: Flags = {}): Flags {
  return Object.fromEntries(
    flagNames.flatMap((name) => (written[name] === undefined ? [] : [[name, written[name]]])),
  );
}
