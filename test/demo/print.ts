import type { Report } from "../support/project";

export function heading(text: string): void {
  console.log(`\n${text}\n${"─".repeat(text.length)}`);
}

/** Rows in columns as wide as their longest cell. */
export function table(rows: string[][]): void {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]!.length))) ?? [];
  for (const row of rows)
    console.log(`  ${row.map((cell, column) => cell.padEnd(widths[column]!)).join("  ")}`.trimEnd());
}

/** Every call site of a compilation, and the tally. */
export function callSites({ rewrites, findings, irrelevant, tally }: Report): void {
  const at = ({ file, line, column }: { file: string; line: number; column: number }) =>
    `${file}:${line}:${column}`;
  table([
    ...rewrites.map((each) => [at(each), each.from, "→", each.to]),
    ...irrelevant.map((each) => [at(each), each.text, "·", `left alone: ${each.reason}`]),
    ...findings.map((each) => [at(each), each.code, "!", each.message]),
  ]);
  console.log(
    `  tally: ${tally.callSites} call sites = ${tally.rewritten} rewritten` +
      ` + ${tally.reported} reported + ${tally.irrelevant} irrelevant`,
  );
}
