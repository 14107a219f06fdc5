import { readFileSync } from "node:fs";
import { InputError } from "../../project/input-error.js";
import type { LintReport } from "./run.js";

/** Findings that are known and accepted. Only the fingerprint counts; the rest is for the person who reads the file. */
interface Baseline {
  readonly version: 1;
  readonly findings: readonly {
    readonly fingerprint: string;
    readonly code: string;
    readonly file: string;
    readonly message: string;
  }[];
}

/**
 * The fingerprints of a baseline.
 *
 * @throws InputError where the file is missing or is no baseline
 */
export function readBaseline(path: string, name: string): ReadonlySet<string> {
  let content: string;
  try {
    content = readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    throw new InputError(`no such baseline: ${name}; --update-baseline writes it`);
  }
  const baseline = parse(content);
  if (baseline?.version !== 1 || !Array.isArray(baseline.findings))
    throw new InputError(`${name} is not a baseline of this version; --update-baseline writes it anew`);
  return new Set(baseline.findings.map(({ fingerprint }) => fingerprint));
}

function parse(content: string): Partial<Baseline> | undefined {
  try {
    return JSON.parse(content) as Partial<Baseline>;
  } catch {
    return undefined;
  }
}

/** The text of a baseline that knows all the findings of a report. */
export function baselineOf({ findings }: LintReport): string {
  const baseline: Baseline = {
    version: 1,
    findings: findings.map(({ fingerprint, code, file, message }) => ({ fingerprint, code, file, message })),
  };
  return `${JSON.stringify(baseline, undefined, 2)}\n`;
}

/** The report with its known findings marked. */
export function withBaseline(report: LintReport, known: ReadonlySet<string>): LintReport {
  return {
    ...report,
    findings: report.findings.map((finding) =>
      !finding.suppressed && known.has(finding.fingerprint)
        ? { ...finding, suppressed: "baseline" }
        : finding,
    ),
  };
}
