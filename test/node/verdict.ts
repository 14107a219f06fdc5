import { exceptions, type Exception } from "./exceptions";
import type { FamilyRun } from "./family";
import type { Outcome } from "./execute";

/** What a test's outcome means. */
export type Verdict =
  | { kind: "passed" | "failed" | "flaky"; outcome: Outcome }
  | { kind: "excused"; outcome: Outcome; reason: string };

/** Whether a failure was to be expected, and why. */
export function verdictOf(outcome: Outcome, run: FamilyRun, known = exceptions): Verdict {
  if (outcome.passed) return { kind: outcome.flaky ? "flaky" : "passed", outcome };
  const unmodified = run.plain.find(({ name }) => name === outcome.name);
  if (unmodified && !unmodified.passed) return { kind: "excused", outcome, reason: "fails unmodified, too" };
  const exception = ofLine(known, run).find(({ test }) => test === outcome.name);
  return exception ? { kind: "excused", outcome, reason: exception.reason } : { kind: "failed", outcome };
}

/** The exceptions that this run shows to be none: their tests pass, or are no more. */
export function staleExceptions(run: FamilyRun, known = exceptions): Exception[] {
  return ofLine(known, run).filter(({ test, races }) => {
    const outcome = run.through.find(({ name }) => name === test);
    return outcome ? outcome.passed && !outcome.flaky && !races : test.startsWith(`test-${run.family}-`);
  });
}

function ofLine(known: readonly Exception[], { major }: FamilyRun): Exception[] {
  return known.filter(({ lines }) => !lines || lines.includes(major));
}
