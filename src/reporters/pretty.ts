import { createColors } from "picocolors";
import type { Colors } from "picocolors/types.js";
import { findingKind } from "../findings/index.js";
import { isOfDependency } from "../findings/index.js";
import { counted, type LintFinding, type LintRun } from "../hosts/lint/run.js";
import type { FindingCode } from "../tables/schema.js";
import { codeFrame, printable } from "./code-frame.js";
import { wrapped } from "./columns.js";
import { dependencyTable } from "./dependency-table.js";
import type { Reporter, Style } from "./reporter.js";

/** For a person: code frames by file, what each code means, the tally, and what to do next. */
export const pretty: Reporter = {
  name: "pretty",
  summary: "code frames, the tally and what to do next, for people",
  isForPrograms: false,
  render(run, style) {
    const colors = createColors(style.color);
    const { findings, problems } = run.report;
    const active = findings.filter(({ suppressed }) => !suppressed);
    // Those of dependencies have their table.
    const inFiles = active.filter(({ code }) => !isOfDependency(code));
    const files = [...new Set(inFiles.map(({ file }) => file))];
    const blocks = [
      ...files.map((file) => fileBlock(file, inFiles, run, style, colors)),
      ...dependencyTable(run.report, style, colors),
      ...(problems.length > 0 ? [problemBlock(run, colors)] : []),
      ...meanings(active, style, colors),
      summary(run, style, colors),
    ];
    return `${blocks.map((lines) => lines.join("\n")).join("\n\n")}\n`;
  },
};

function fileBlock(
  file: string,
  findings: readonly LintFinding[],
  { texts }: LintRun,
  style: Style,
  colors: Colors,
): string[] {
  const text = texts.get(file);
  return [
    colors.underline(printable(file)),
    ...findings
      .filter((finding) => finding.file === file)
      .flatMap((finding) => ["", ...findingLines(finding, text, style, colors)]),
  ];
}

function findingLines(
  finding: LintFinding,
  text: string | undefined,
  style: Style,
  colors: Colors,
): string[] {
  const { line, column, severity, code, message } = finding;
  const place = `${line}:${column}`;
  const plain = `  ${place}  ${severity}  ${code}  `;
  const head = `  ${colors.dim(place)}  ${paint(severity, colors)(severity)}  ${colors.bold(code)}  `;
  const isNarrow = style.width - plain.length < 40;
  const lines = wrapped(printable(message), style.width - (isNarrow ? 4 : plain.length));
  const told = isNarrow
    ? [head.trimEnd(), ...lines.map((each) => `    ${each}`)]
    : lines.map((each, index) => (index === 0 ? head + each : " ".repeat(plain.length) + each));
  const frame = text === undefined ? [] : codeFrame(text, finding, style.width - 2, colors);
  return [...told, ...frame.map((each) => `  ${each}`)];
}

function problemBlock({ report }: LintRun, colors: Colors): string[] {
  return report.problems.map(({ file, line, column, message }) => {
    const place = printable(line === undefined ? file : `${file}:${line}:${column}`);
    return `${place}  ${colors.red("not looked at")}  ${message}`;
  });
}

/** Each code once: why it is reported, and what to do. */
function meanings(findings: readonly LintFinding[], { width }: Style, colors: Colors): string[][] {
  const codes = [...new Set(findings.map(({ code }) => code))].sort();
  return codes.map((code) => {
    const { title, why, mend } = findingKind(code as FindingCode);
    const times = findings.filter((finding) => finding.code === code).length;
    return [
      `${colors.bold(code)}  ${title}${times > 1 ? colors.dim(` (${times} times)`) : ""}`,
      ...wrapped(why, width - 2).map((each) => `  ${colors.dim(each)}`),
      ...wrapped(mend, width - 4).map((each, index) => `  ${index === 0 ? colors.cyan("→") : " "} ${each}`),
    ];
  });
}

function summary(run: LintRun, { width }: Style, colors: Colors): string[] {
  const { report, fileCount, projectCount } = run;
  const { callSites, rewritten, reported, irrelevant } = report.tally;
  const { errors, warnings } = counted(report);
  const suppressed = (by: string): number =>
    report.findings.filter((finding) => finding.suppressed === by).length;
  const fixable = [...errors, ...warnings].filter(({ fix }) => fix !== undefined).length;
  const looked = `${number(fileCount, "file")}${projectCount > 1 ? ` of ${projectCount} projects` : ""}`;
  const tally = `${number(callSites, "call site")} in ${looked}: ${rewritten} rewritten, ${reported} reported, ${irrelevant} irrelevant`;
  const verdict =
    errors.length > 0
      ? colors.red(`✖ ${number(errors.length, "error")}`)
      : report.problems.length > 0
        ? colors.red(`✖ ${number(report.problems.length, "file")} not looked at`)
        : warnings.length > 0
          ? colors.yellow("! no errors")
          : colors.green("✔ no findings");
  const also = [
    ...(warnings.length > 0 ? [number(warnings.length, "warning")] : []),
    ...(fixable > 0 ? [`${fixable} of them mended by --fix`] : []),
    ...(suppressed("comment") > 0 ? [`${suppressed("comment")} let be by comments`] : []),
    ...(suppressed("baseline") > 0 ? [`${suppressed("baseline")} known by the baseline`] : []),
  ];
  return [
    ...wrapped(tally, width),
    [verdict, ...also].join(", "),
    ...wrapped(next(run), width - 6).map((each, index) => (index === 0 ? `Next: ${each}` : `      ${each}`)),
  ];
}

function next({ report }: LintRun): string {
  const { errors, warnings } = counted(report);
  const { rewritten } = report.tally;
  if (report.problems.length > 0)
    return "mend what can't be looked at, or leave it out with the option exclude of tsocksify.config.json.";
  if (errors.length > 0)
    return "mend the errors; a program that has them can't be SOCKSified. `tsocksify lint --explain FILE:LINE` tells what is known of a line, `--baseline FILE --update-baseline` accepts what is there today.";
  if (warnings.length > 0)
    return "see whether the warnings are sockets; `tsocksify lint --explain FILE:LINE` tells what is known of a line.";
  if (rewritten > 0)
    return "compile it as `tsocksify init` proposes, or see the rewritten source with `tsocksify codemod`.";
  return "nothing: no file here opens a socket that is not SOCKSified.";
}

function paint(severity: string, colors: Colors): (text: string) => string {
  return severity === "error" ? colors.red : colors.yellow;
}

function number(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
