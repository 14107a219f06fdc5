import { dirname } from "node:path";
import type { NativeDiagnostic } from "./diagnostics.js";
import type { Options } from "./options.js";

/** Exit codes, as of `tsc`. */
export const enum Exit {
  Success = 0,
  OutputsSkipped = 1,
  OutputsGenerated = 2,
}

/** Where the compiler's words go. */
export type Write = (text: string) => void;

/** What came of compiling once. */
export interface Run {
  /** The exit code, as of `tsc`. */
  readonly code: number;
  readonly errors: number;
  /** Absolute paths of the folders that the sources are in. */
  readonly folders: readonly string[];
  /** Absolute paths of the folders that are written to. */
  readonly outputs: readonly string[];
  /** Absolute paths of all files that the program was made of. */
  readonly inputs: readonly string[];
  /** Absolute paths of the files that were written. */
  readonly emitted: readonly string[];
  /** What a run that compiles nothing has to say again. */
  readonly warnings: readonly NativeDiagnostic[];
}

/** What is to be compiled, before anything is. */
export interface Outline {
  /** Absolute path of the tsconfig.json; undefined for a list of files. */
  readonly config: string | undefined;
  /** Absolute paths. */
  readonly roots: readonly string[];
  /** Those of tsconfig.json and of the command line together. Paths are absolute, or relative to the tsconfig.json. */
  readonly options: Options;
  /** Which files are sources, as the tsconfig.json puts it; undefined where that is left to the compiler. */
  readonly include: readonly string[] | undefined;
  readonly exclude: readonly string[] | undefined;
  /** Whatever else decides what is written: the plugin's options, references, the compiler's version. */
  readonly circumstances: object;
}

/** A project that can be compiled again and again. */
export interface NativeBuild<Known extends Outline = Outline> {
  /** @returns undefined where the compiler's own command line has to say why there is nothing to compile */
  outline(): Known | undefined;
  /** @param changed absolute paths of the files that changed since the last run */
  run(changed?: readonly string[], outline?: Known): Promise<Run>;
}

/** The folder of the tsconfig.json, which relative paths start from; the working directory for a list of files. */
export function homeOf({ config }: Pick<Outline, "config">, directory: string): string {
  return config === undefined ? directory : dirname(config);
}

/** What came of leaving everything to the compiler's own command line, which compiled nothing. */
export function leftToStock(code: number): Run {
  return { code, errors: 1, folders: [], outputs: [], inputs: [], emitted: [], warnings: [] };
}
