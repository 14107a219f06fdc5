import type ts from "typescript";
import { reportOf, type FilePlan, type ReportedFinding, type TypeScript } from "../engine/index.js";
import { COMMENT, suppressed } from "../engine/suppression.js";
import type { Finding } from "../engine/vocabulary.js";
import { readableText } from "../project/source-text.js";
import type { FindingCode } from "../tables/schema.js";

/**
 * Findings of dependencies with those marked that a comment at the import lets be, and a finding for each comment that
 * none of them needs.
 *
 * @param sources absolute paths of the project's files
 * @param nameOf how the findings name a file
 */
export function withComments(
  ts: TypeScript,
  findings: readonly ReportedFinding[],
  sources: readonly string[],
  nameOf: (fileName: string) => string,
  identityOf: (fileName: string) => string,
): ReportedFinding[] {
  const judged = new Map<ReportedFinding, ReportedFinding>();
  const unused: ReportedFinding[] = [];
  for (const path of sources) {
    const text = readableText(path);
    if (!text?.includes(COMMENT)) continue;
    const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
    const own = findings.filter((finding) => finding.file === nameOf(path));
    const plan: FilePlan = {
      file,
      runtime: new Map(),
      rewrites: [],
      findings: own.map((finding) => placed(file, finding)),
      irrelevant: [],
    };
    const after = suppressed(ts, plan, "dependencies").findings;
    own.forEach((finding, index) => {
      const { suppressed: reason } = after[index]!;
      if (reason !== undefined) judged.set(finding, { ...finding, suppressed: "comment", reason });
    });
    const left = { ...plan, findings: after.slice(own.length) };
    unused.push(...reportOf(ts, [left], nameOf, identityOf).findings);
  }
  return [...findings.map((finding) => judged.get(finding) ?? finding), ...unused];
}

function placed(file: ts.SourceFile, { code, line, column, endLine, endColumn }: ReportedFinding): Finding {
  const start = file.getPositionOfLineAndCharacter(line - 1, column - 1);
  const end = file.getPositionOfLineAndCharacter(endLine - 1, endColumn - 1);
  return { code: code as FindingCode, node: file, span: { start, end }, isBeside: true };
}
