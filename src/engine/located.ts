import type ts from "typescript";
import { findingKind, type Severity } from "../findings/index.js";
import type { FindingCode } from "../tables/schema.js";
import type { Edit } from "./shapes/shape.js";
import type { FilePlan, Finding, TypeScript } from "./vocabulary.js";

/** A finding with its words, and where in its file's text it stands. */
export interface LocatedFinding {
  readonly code: FindingCode;
  readonly severity: Severity;
  readonly message: string;
  /** The call site's text. */
  readonly subject: string;
  readonly start: number;
  readonly end: number;
  /** The edits of the file's text that mend it together, where that is safe. */
  readonly fix?: readonly Edit[];
}

export function locate(ts: TypeScript, file: ts.SourceFile, finding: Finding): LocatedFinding {
  const { node, code, certainty, span, fix, object } = finding;
  const { severity, message } = findingKind(code);
  const subject = span
    ? file.text.slice(span.start, span.end).replace(/\s+/g, " ")
    : subjectOf(ts, file, node);
  const isOnlyPossible = certainty === "may";
  return {
    code,
    severity: isOnlyPossible ? "warning" : severity,
    message: message(subject, isOnlyPossible, object),
    subject,
    start: span?.start ?? node.getStart(file),
    end: span?.end ?? node.end,
    ...(fix ? { fix } : {}),
  };
}

/** The findings of a file that no comment suppresses, in the order of the text: what a compiler is to report. */
export function countingFindings(ts: TypeScript, { file, findings }: FilePlan): LocatedFinding[] {
  return findings
    .filter(({ suppressed }) => suppressed === undefined)
    .map((finding) => locate(ts, file, finding))
    .toSorted((a, b) => a.start - b.start);
}

/** The expression that a name is the last part of, on one line: `this.socket.connect`. */
export function subjectOf(ts: TypeScript, file: ts.SourceFile, name: ts.Node): string {
  const { parent } = name;
  const isLast =
    (ts.isPropertyAccessExpression(parent) && parent.name === name) ||
    (ts.isElementAccessExpression(parent) && parent.argumentExpression === name) ||
    (ts.isCallExpression(parent) && ts.isStringLiteralLike(name));
  const text = (isLast ? parent : name).getText(file).replace(/\s+/g, " ");
  return text.length > 80 ? `…${text.slice(-79)}` : text;
}
