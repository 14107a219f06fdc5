import type ts from "typescript";
import type { HolderRow, ModuleTable, Row } from "../tables/schema.js";
import { loaderOf } from "./loading.js";
import { isExported } from "./requires.js";
import { callOf, isInstanceofTarget, isNew, isOnlyTested, unwrapped, wrapped } from "./syntax.js";
import type { TypeScript } from "./vocabulary.js";

/**
 * Why a reference does not count although the tables list what it refers to: the row's `at`, `viaSuper` and `returns`.
 *
 * @param expression the reference; undefined for `{ name }`, which hands it on
 */
export function excuse(
  ts: TypeScript,
  row: Row | HolderRow | ModuleTable | undefined,
  expression: ts.Expression | undefined,
): string | undefined {
  if (!row || !("class" in row) || row.class === "inert") return undefined;
  if (expression && isOnlyTested(ts, expression)) return "only looked at";
  if (row.at === "construct" && expression && isInstanceofTarget(ts, expression))
    return "instanceof: it makes nothing";
  if (row.at === "call" && !(expression && isMade(ts, expression))) return "handed on, not called";
  if (row.viaSuper && expression && isViaSuper(ts, expression))
    return "super: the class that this one extends has become the R-form";
  if (row.returns === "module" && expression && isLoad(ts, expression))
    return "what it gives is followed like require";
  if (row.returns === "require" && expression && isFollowed(ts, expression))
    return "what it makes is followed like require";
  return undefined;
}

/** `Function(text)`, `Reflect.construct(Function, [text])`, `class extends Function`, which is given text */
function isMade(ts: TypeScript, expression: ts.Expression): boolean {
  if (callOf(ts, expression) || isNew(ts, expression)) return true;
  const { parent } = wrapped(ts, expression);
  if (ts.isCallExpression(parent))
    return (
      parent.arguments[0] !== undefined &&
      unwrapped(ts, parent.arguments[0]) === unwrapped(ts, expression) &&
      /^Reflect\.(?:apply|construct)$/.test(parent.expression.getText())
    );
  if (!ts.isExpressionWithTypeArguments(parent) || !ts.isClassLike(parent.parent.parent)) return false;
  const text = parent.parent.parent.getText();
  return !/\bconstructor\s*\(/.test(text) || /\bsuper\s*\(\s*[^)\s]/.test(text);
}

/** `process.getBuiltinModule("net")` */
function isLoad(ts: TypeScript, expression: ts.Expression): boolean {
  const call = callOf(ts, expression);
  return call !== undefined && loaderOf(ts, call) !== undefined;
}

/** `const load = createRequire(…)`, `createRequire(…)("net")` */
function isFollowed(ts: TypeScript, expression: ts.Expression): boolean {
  const call = callOf(ts, expression);
  if (!call) return false;
  const { parent } = wrapped(ts, call);
  if (!ts.isVariableDeclaration(parent)) return callOf(ts, call) !== undefined;
  return ts.isIdentifier(parent.name) && !isExported(ts, parent);
}

function isViaSuper(ts: TypeScript, expression: ts.Expression): boolean {
  return (
    (ts.isPropertyAccessExpression(expression) || ts.isElementAccessExpression(expression)) &&
    expression.expression.kind === ts.SyntaxKind.SuperKeyword
  );
}
