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
}

/** A project that can be compiled again and again. */
export interface NativeBuild {
  /** @param changed absolute paths of the files that changed since the last run */
  run(changed?: readonly string[]): Run;
}
