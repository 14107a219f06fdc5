import type { FindingKind } from "./finding.js";

/** Markdown of the catalogue: README.md beside this file is this, written out. */
export function document(kinds: readonly FindingKind[]): string {
  const sorted = kinds.toSorted((a, b) => a.code.localeCompare(b.code));
  const contents = sorted.map(
    ({ code, title, severity }) => `- [${code}](#${code.toLowerCase()}), ${severity}: ${title}`,
  );
  return [
    "# Findings",
    "",
    "What tsocksify reports, by code. A code never changes its meaning. Errors fail the build; warnings don't, and neither",
    'does an error on only some of the paths through a program: its message says "may".',
    "",
    "A comment lets a finding be, on its line or the line before, or anywhere for the whole file. It needs a reason:",
    "",
    "```ts",
    "// tsocksify-ignore SOCKS1003 -- local metrics socket",
    "// tsocksify-ignore-file SOCKS1010 SOCKS1011 -- what is started here has no network",
    "```",
    "",
    "The tally counts such findings as reported and, of those, suppressed. A comment that no finding needs is one itself.",
    "",
    ...contents,
    ...sorted.flatMap(section),
    "",
  ].join("\n");
}

function section({ code, title, severity, message, why, mend, fix }: FindingKind): string[] {
  return [
    "",
    `## ${code}`,
    "",
    `**${title}** (${severity})`,
    "",
    `> ${message("…")}`,
    "",
    why,
    "",
    `What to do: ${mend}`,
    ...(fix ? ["", `\`tsocksify lint --fix\`, and a quick fix in editors, where that is safe: ${fix}.`] : []),
  ];
}
