import { findingKind } from "../findings/index.js";
import type { FindingCode } from "../tables/schema.js";
import type { LintFinding, LintProblem, LintReport } from "../hosts/lint/run.js";
import type { Reporter } from "./reporter.js";

/**
 * JUnit's XML: a suite for each file that has findings, a case for each finding. Errors are failures; warnings,
 * which don't fail lint, are skipped cases with their message.
 */
export const junit: Reporter = {
  name: "junit",
  summary: "JUnit's XML, for the test tab of a CI server",
  isForPrograms: true,
  render({ report }) {
    const suites = suitesOf(report);
    const count = (kind: keyof Counts): number => suites.reduce((sum, { counts }) => sum + counts[kind], 0);
    const lines = [
      '<?xml version="1.0" encoding="UTF-8"?>',
      `<testsuites name="tsocksify"${attributes({
        tests: count("tests"),
        failures: count("failures"),
        errors: count("errors"),
        skipped: count("skipped"),
      })}>`,
      ...suites.flatMap(({ name, counts, cases }) => [
        `  <testsuite${attributes({ name, ...counts })}>`,
        ...cases.map((each) => `    ${each}`),
        "  </testsuite>",
      ]),
      "</testsuites>",
    ];
    return `${lines.join("\n")}\n`;
  },
};

interface Counts {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
}

interface Suite {
  readonly name: string;
  readonly counts: Counts;
  readonly cases: readonly string[];
}

function suitesOf({ findings, problems }: LintReport): Suite[] {
  const files = [...new Set([...findings, ...problems].map(({ file }) => file))].sort();
  // Servers take a report without a case for one that went missing.
  if (files.length === 0) {
    const counts = { tests: 1, failures: 0, errors: 0, skipped: 0 };
    return [{ name: "tsocksify", counts, cases: [`<testcase${attributes({ name: "no findings" })}/>`] }];
  }
  return files.map((name) => {
    const own = findings.filter(({ file }) => file === name);
    const broken = problems.filter(({ file }) => file === name);
    const failures = own.filter(isFailure).length;
    return {
      name,
      counts: {
        tests: own.length + broken.length,
        failures,
        errors: broken.length,
        skipped: own.length - failures,
      },
      cases: [...own.map(findingCase), ...broken.map(problemCase)],
    };
  });
}

function isFailure({ severity, suppressed }: LintFinding): boolean {
  return severity === "error" && !suppressed;
}

function findingCase(finding: LintFinding): string {
  const { code, file, line, column, message, severity, suppressed } = finding;
  const name = `${code} ${findingKind(code as FindingCode).title}: ${line}:${column}`;
  const inner = isFailure(finding)
    ? `<failure${attributes({ type: code, message })}>${escape(`${file}:${line}:${column}: ${message}`)}</failure>`
    : `<skipped${attributes({ message: `${suppressed ?? severity}: ${message}` })}/>`;
  return `<testcase${attributes({ name, classname: file })}>${inner}</testcase>`;
}

function problemCase({ file, message }: LintProblem): string {
  return `<testcase${attributes({ name: "not looked at", classname: file })}><error${attributes({ message })}/></testcase>`;
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escape(String(value))}"`)
    .join("");
}

/** XML 1.0 §2.2 has no control characters but these three, however they are written. */
function escape(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD");
}
