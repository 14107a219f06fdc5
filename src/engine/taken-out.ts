import type ts from "typescript";
import type { Edit } from "./shapes/shape.js";
import { endOfCode, goesOn, isClosed, usesSemicolons } from "./statement-ends.js";
import type { TypeScript } from "./vocabulary.js";

/**
 * The edit that takes a statement out, with its line where nothing else is on it. A semicolon stays where the next
 * statement would go on with what stands before: `a = b`, and `(c)()` on the next line, are one call.
 *
 * @param others what else is taken out
 */
export function withoutStatement(
  ts: TypeScript,
  file: ts.SourceFile,
  statement: ts.Statement,
  others: ReadonlySet<ts.Node> = new Set(),
): Edit {
  const { text } = file;
  const start = statement.getStart(file);
  const isNeeded = separates(ts, file, statement, others);
  const end = isNeeded ? endOfCode(ts, file, statement) : statement.end;
  if (isNeeded && end === statement.end) return { start, end, text: ";" };
  const edit = lineOf(text, start, end);
  return edit.end > end ? edit : { ...edit, end: end + /^[ \t]*/.exec(text.slice(end))![0].length };
}

/** The span, and its line where nothing else stands in it. */
export function lineOf(text: string, start: number, end: number): Edit {
  const before = /(^|[\r\n])[ \t]*$/.exec(text.slice(0, start));
  const after = /^[ \t]*(?:\r\n?|\n|$)/.exec(text.slice(end));
  if (!before || !after) return { start, end, text: "" };
  return { start: before.index + before[1]!.length, end: end + after[0].length, text: "" };
}

function separates(
  ts: TypeScript,
  file: ts.SourceFile,
  statement: ts.Statement,
  others: ReadonlySet<ts.Node>,
): boolean {
  const siblings = siblingsOf(ts, statement) ?? [];
  const index = siblings.indexOf(statement);
  const next = siblings[index + 1];
  if (!next || !goesOn(file, next)) return false;
  if (!usesSemicolons(ts, file)) return true;
  for (const before of siblings.slice(0, index).toReversed()) {
    if (!isClosed(ts, file, before)) return true;
    if (!others.has(before)) return false;
  }
  return false;
}

/** The list that a statement stands in; undefined for the one statement of an `if` or a label. */
export function siblingsOf(ts: TypeScript, { parent }: ts.Statement): readonly ts.Statement[] | undefined {
  return ts.isSourceFile(parent) ||
    ts.isBlock(parent) ||
    ts.isModuleBlock(parent) ||
    ts.isCaseOrDefaultClause(parent)
    ? parent.statements
    : undefined;
}
