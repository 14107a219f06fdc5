import type { Dependency } from "../../deps/index.js";
import type { Report, ReportedFinding } from "../../engine/index.js";
import type { Change } from "../codemod/change.js";

/** A finding, and whether it is known already. */
export interface LintFinding extends ReportedFinding {
  /** What keeps it from counting. */
  readonly suppressed?: "comment" | "baseline";
}

/** A file that could not be looked at, so that nothing can be said of it. */
export interface LintProblem {
  readonly file: string;
  /** From 1; undefined where it is about the file as a whole. */
  readonly line?: number;
  readonly column?: number;
  readonly message: string;
}

/** The contract of `--reporter json`: see report.schema.json. */
export interface LintReport extends Omit<Report, "findings"> {
  readonly findings: readonly LintFinding[];
  readonly problems: readonly LintProblem[];
  /** With --deps: every package that the project's files reach. */
  readonly dependencies?: readonly Dependency[];
}

/** A report, and what it takes to show it to a person. */
export interface LintRun {
  readonly report: LintReport;
  /** The texts of the files that have findings, by the names that the report has for them. */
  readonly texts: ReadonlyMap<string, string>;
  /** How many source files were looked at. */
  readonly fileCount: number;
  readonly projectCount: number;
  /** What the safe edits of findings make of the files, where that was asked for. */
  readonly fixes: readonly Change[];
}

/** Findings that count: those that nothing suppresses. */
export function counted({ findings }: LintReport): { errors: LintFinding[]; warnings: LintFinding[] } {
  const active = findings.filter(({ suppressed }) => !suppressed);
  return {
    errors: active.filter(({ severity }) => severity === "error"),
    warnings: active.filter(({ severity }) => severity === "warning"),
  };
}
