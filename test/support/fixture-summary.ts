import type { Report } from "../../src/engine/index.js";

/** What findings.json holds. */
export function summaryOf({ tally, findings, irrelevant }: Report): string {
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
