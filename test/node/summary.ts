import type { Exception } from "./exceptions";
import type { Outcome } from "./execute";
import type { FamilyRun } from "./family";
import type { Verdict } from "./verdict";

/**
 * A family's figures, and every test that did not simply pass.
 *
 * @param verbose whether expected failures show what they print, too
 */
export function summaryOf(
  run: FamilyRun,
  verdicts: readonly Verdict[],
  stale: readonly Exception[],
  verbose: boolean,
): string {
  const { family, major, version, tally, through, plain, connections, seconds } = run;
  const compared = plain.length === through.length ? `, ${passed(plain)} unmodified` : "";
  return [
    `${family}, Node ${major}, tests of ${version}: ${passed(through)} of ${through.length} pass through SOCKS${compared}; ` +
      `${connections} connections by Dante; ${tally.callSites} call sites: ${tally.rewritten} rewritten, ` +
      `${tally.reported} reported, ${tally.irrelevant} irrelevant; ${seconds} s`,
    ...verdicts.flatMap((verdict) => linesOf(verdict, verbose)),
    ...stale.map(
      ({ test, reason }) => `  ${test}: STALE: passes, or is no more; the exception says "${reason}"`,
    ),
  ].join("\n");
}

function passed(outcomes: readonly Outcome[]): number {
  return outcomes.filter((outcome) => outcome.passed).length;
}

function linesOf(verdict: Verdict, verbose: boolean): string[] {
  const { kind, outcome } = verdict;
  const printed = outcome.output.trimEnd().replace(/^/gm, "    ");
  switch (kind) {
    case "passed":
      return [];
    case "failed":
      return [`  ${outcome.name}: FAILED`, printed];
    case "flaky":
      return [`  ${outcome.name}: flaky: failed beside others, passed alone`, ...(verbose ? [printed] : [])];
    case "excused":
      return [`  ${outcome.name}: ${verdict.reason}`, ...(verbose ? [printed] : [])];
  }
}
