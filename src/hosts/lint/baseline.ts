import { existsSync, readFileSync } from "node:fs";
import { InputError } from "../../project/input-error.js";
import { namingPath } from "../../project/system-error.js";
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
  if (!existsSync(path)) throw new InputError(`no such baseline: ${name}; --update-baseline writes it`);
  const baseline = parse(namingPath(path, () => readFileSync(path, "utf8")));
  const fingerprints = baseline?.version === 1 ? fingerprintsOf(baseline.findings) : undefined;
  if (!fingerprints)
    throw new InputError(`${name} is not a baseline of this version; --update-baseline writes it anew`);
  return new Set(fingerprints);
}

function fingerprintsOf(findings: unknown): string[] | undefined {
  if (!Array.isArray(findings)) return undefined;
  const fingerprints = findings.map((each: { fingerprint?: unknown } | null) => each?.fingerprint);
  return fingerprints.every((each) => typeof each === "string") ? fingerprints : undefined;
}

function parse(content: string): Partial<Baseline> | undefined {
  try {
    return (JSON.parse(content) ?? undefined) as Partial<Baseline> | undefined;
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
