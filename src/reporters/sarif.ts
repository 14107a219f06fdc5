import { findingKinds } from "../findings/index.js";
import type { FindingKind } from "../findings/finding.js";
import type { LintFinding, LintProblem } from "../hosts/lint/run.js";
import { version } from "../version.js";
import type { Reporter } from "./reporter.js";

/** SARIF 2.1.0, https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export const sarif: Reporter = {
  name: "sarif",
  summary: "SARIF 2.1.0, for code scanning",
  isForPrograms: true,
  render({ report }) {
    const { findings, problems, tally } = report;
    const log = {
      $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
      version: "2.1.0",
      runs: [
        {
          tool: { driver: { name: "tsocksify", semanticVersion: version, rules: findingKinds.map(rule) } },
          invocations: [
            {
              executionSuccessful: problems.length === 0,
              toolExecutionNotifications: problems.map(notification),
            },
          ],
          // Locations are relative to where lint ran; where that is, the reader knows better.
          originalUriBaseIds: { SRCROOT: { description: { text: "The working directory of tsocksify." } } },
          columnKind: "utf16CodeUnits",
          results: findings.map(result),
          properties: { tally },
        },
      ],
    };
    return `${JSON.stringify(log, undefined, 2)}\n`;
  },
};

function rule({ code, title, severity, why, mend }: FindingKind): object {
  return {
    id: code,
    shortDescription: { text: `${title}.` },
    fullDescription: { text: why },
    help: { text: `${why}\n\n${mend}`, markdown: `${why}\n\n**What to do:** ${mend}` },
    defaultConfiguration: { level: severity },
    properties: { tags: ["network", "socks"] },
  };
}

function result(finding: LintFinding): object {
  const { code, severity, message, fingerprint, suppressed, reason } = finding;
  return {
    ruleId: code,
    ruleIndex: findingKinds.findIndex((kind) => kind.code === code),
    level: severity,
    message: { text: `${message}.` },
    locations: [location(finding)],
    // §3.27.17: the name says how it is computed, so that another way gets another name.
    partialFingerprints: { "tsocksify/v1": fingerprint },
    ...(suppressed === "comment" ? { suppressions: [{ kind: "inSource", justification: reason }] } : {}),
    ...(suppressed === "baseline"
      ? { suppressions: [{ kind: "external", justification: "in the baseline" }] }
      : {}),
  };
}

function notification(problem: LintProblem): object {
  return {
    level: "error",
    message: { text: `Not looked at: ${problem.message}` },
    locations: [location(problem)],
  };
}

function location(at: LintProblem & { readonly endLine?: number; readonly endColumn?: number }): object {
  const { file, line, column, endLine, endColumn } = at;
  const region =
    line === undefined ? undefined : { startLine: line, startColumn: column, endLine, endColumn };
  return {
    physicalLocation: {
      artifactLocation: { uri: file.split("/").map(encodeURIComponent).join("/"), uriBaseId: "SRCROOT" },
      ...(region ? { region } : {}),
    },
  };
}
