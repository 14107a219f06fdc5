import type ts from "typescript";
import type { Edit } from "../engine/shapes/shape.js";
import { withoutStatement } from "../engine/taken-out.js";
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
  return withoutStatement(ts, statement.getSourceFile(), statement);
}
