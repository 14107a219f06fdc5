import type ts from "typescript";
import type { Severity } from "../findings/finding.js";
import type { Edit } from "./shapes/shape.js";
import { doesWhenRun } from "./catalogue.js";
import { fingerprintOf } from "./fingerprint.js";
import { locate, subjectOf } from "./located.js";
import { tallyOf } from "./plan.js";
import type { FilePlan, Tally, TypeScript } from "./vocabulary.js";

/** Lines and columns count from 1; columns are UTF-16 code units. */
interface At {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** What is known of where something is. */
type Place = Pick<At, "file"> & Partial<At>;

export interface ReportedRewrite extends At {
  readonly from: string;
  readonly to: string;
  /** What it does when it runs that the original never did, in whole sentences. */
  readonly does?: string;
}

export interface ReportedFinding extends At {
  readonly code: string;
  readonly severity: Severity;
  readonly endLine: number;
  readonly endColumn: number;
  readonly message: string;
  /** What keeps it from counting: a comment in the source, which gives a reason, or the baseline of lint. */
  readonly suppressed?: "comment" | "baseline";
  readonly reason?: string;
  /** The edits of the file's text that mend it together, where that is safe. */
  readonly fix?: readonly Edit[];
  /** Stays the same while the code, the file's name and the line's text do, wherever the line moves. */
  readonly fingerprint: string;
}

export interface ReportedIrrelevant extends At {
  readonly text: string;
  readonly reason: string;
}

/** What the engine did, for people and programs: sorted, and with nothing of the machine in it. */
export interface Report {
  readonly version: 1;
  readonly tally: Tally;
  readonly rewrites: readonly ReportedRewrite[];
  readonly findings: readonly ReportedFinding[];
  readonly irrelevant: readonly ReportedIrrelevant[];
}

/**
 * @param nameOf how to name a file in the report, e.g. relative to the working directory
 * @param identityOf what a fingerprint calls it
 */
export function reportOf(
  ts: TypeScript,
  plans: readonly FilePlan[],
  nameOf: (fileName: string) => string,
  identityOf = nameOf,
): Report {
  const rewrites: ReportedRewrite[] = [];
  const findings: ReportedFinding[] = [];
  const irrelevant: ReportedIrrelevant[] = [];
  for (const plan of plans) {
    const { file } = plan;
    const at = (node: ts.Node): At => ({
      file: nameOf(file.fileName),
      ...positionOf(file, node.getStart(file)),
    });
    for (const { name, to, from } of plan.rewrites) {
      const does = doesWhenRun({ to, from });
      rewrites.push({ ...at(name), from: subjectOf(ts, file, name), to, ...(does ? { does } : {}) });
    }
    for (const { node, reason } of plan.irrelevant)
      irrelevant.push({ ...at(node), text: subjectOf(ts, file, node), reason });
    const occurrences = new Map<string, number>();
    for (const finding of plan.findings) {
      const { code, severity, message, subject, start, end, fix } = locate(ts, file, finding);
      const identity = [code, identityOf(file.fileName), subject, lineAt(file, start)];
      const occurrence = occurrences.get(identity.join()) ?? 0;
      occurrences.set(identity.join(), occurrence + 1);
      const { line: endLine, column: endColumn } = positionOf(file, end);
      findings.push({
        file: nameOf(file.fileName),
        ...positionOf(file, start),
        code,
        severity,
        endLine,
        endColumn,
        message,
        ...(finding.suppressed === undefined ? {} : { suppressed: "comment", reason: finding.suppressed }),
        ...(fix ? { fix } : {}),
        fingerprint: fingerprintOf(...identity, String(occurrence)),
      });
    }
  }
  return {
    version: 1,
    tally: tallyOf(plans),
    rewrites: rewrites.toSorted(byPlace),
    findings: findings.toSorted(byPlace),
    irrelevant: irrelevant.toSorted(byPlace),
  };
}

/** By file, line and column: an order that no run changes. */
export function byPlace(a: Place, b: Place): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}

function positionOf(file: ts.SourceFile, position: number): { line: number; column: number } {
  const { line, character } = file.getLineAndCharacterOfPosition(position);
  return { line: line + 1, column: character + 1 };
}

/** The text of the line that a position is in, with its white space evened out. */
function lineAt({ text }: ts.SourceFile, start: number): string {
  const from = text.lastIndexOf("\n", start - 1) + 1;
  const to = text.indexOf("\n", start);
  return text
    .slice(from, to < 0 ? undefined : to)
    .trim()
    .replace(/\s+/g, " ");
}
