import type ts from "typescript";
import type { Edit } from "../engine/shapes/shape.js";
import type { TypeScript } from "../engine/vocabulary.js";

/**
 * The edit that deletes a call, where that is all there is to its statement: with its line, where nothing else is on it.
 */
export function deletionOf(ts: TypeScript, call: ts.Expression): Edit | undefined {
  let node: ts.Node = call;
  while (
    ts.isAwaitExpression(node.parent) ||
    ts.isParenthesizedExpression(node.parent) ||
    ts.isVoidExpression(node.parent)
  )
    node = node.parent;
  const statement = node.parent;
  if (!ts.isExpressionStatement(statement)) return undefined;
  if (!ts.isBlock(statement.parent) && !ts.isSourceFile(statement.parent)) return undefined;
  return lineOf(statement.getSourceFile().text, statement.getStart(), statement.end);
}

/** The span, and its line where nothing else stands in it. */
export function lineOf(text: string, start: number, end: number): Edit {
  const before = /(^|\n)[ \t]*$/.exec(text.slice(0, start));
  const after = /^[ \t]*(?:\r?\n|$)/.exec(text.slice(end));
  if (!before || !after) return { start, end, text: "" };
  return { start: before.index + before[1]!.length, end: end + after[0].length, text: "" };
}
