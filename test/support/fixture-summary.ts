import type ts from "typescript";
import { applyEdits, reportOf, textEdits, type FilePlan } from "../../src/engine/index.js";

/** What findings.json holds. */
export function summaryOf(compiler: typeof ts, plan: FilePlan): string {
  const { tally, findings, irrelevant } = reportOf(compiler, [plan], () => "input");
  const summary = {
    tally,
    findings: findings.map(({ code, line, column, message, suppressed, reason, fix }) => ({
      code,
      line,
      column,
      message,
      ...(suppressed ? { suppressed, reason } : {}),
      ...(fix ? { fix } : {}),
    })),
    irrelevant: irrelevant.map(({ line, text, reason }) => `${line}: ${text}: ${reason}`),
  };
  return `${JSON.stringify(summary, undefined, 2)}\n`;
}

export function render(compiler: typeof ts, plan: FilePlan, placement: "own-line" | "same-line"): string {
  return applyEdits(plan.file.text, textEdits(compiler, plan, { placement }));
}
