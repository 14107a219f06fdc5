import type { LintRun } from "../hosts/lint/run.js";

/** What the output can show. */
export interface Style {
  readonly color: boolean;
  /** Columns. */
  readonly width: number;
}

/** One way to tell what lint found. */
export interface Reporter {
  readonly name: string;
  /** For `--help`. */
  readonly summary: string;
  /** Whether programs read it: then nothing else may stand in the same output. */
  readonly isForPrograms: boolean;
  /** Nothing in it depends on the machine, the time, or the place of the working directory. */
  render(run: LintRun, style: Style): string;
}
