import type ts from "typescript";
import { moduleNames } from "./catalogue.js";
import { isParameter } from "./requires.js";
import type { TypeScript } from "./vocabulary.js";

/**
 * May a call that loads what its first argument says load a listed module? Not if the constant beginning of the
 * argument says otherwise: `` `./locales/${name}` ``, `__dirname + name`, `"pg-" + name`.
 */
export function mayNameListedModule(ts: TypeScript, call: ts.CallExpression): boolean {
  const [argument] = call.arguments;
  if (!argument || isOwnRequire(ts, call)) return false;
  const beginning = beginningOf(ts, argument);
  return moduleNames.some((name) => name.startsWith(beginning) || `node:${name}`.startsWith(beginning));
}

function beginningOf(ts: TypeScript, node: ts.Expression): string {
  if (ts.isParenthesizedExpression(node)) return beginningOf(ts, node.expression);
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node))
    return node.head.text || beginningOf(ts, node.templateSpans[0]!.expression);
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken)
    return beginningOf(ts, node.left);
  // `path.join(__dirname, name)`, `path.resolve(__dirname, name)`
  if (ts.isCallExpression(node)) return node.arguments[0] ? beginningOf(ts, node.arguments[0]) : "";
  return ts.isIdentifier(node) && ["__dirname", "__filename"].includes(node.text) ? "/" : "";
}

/** Is `require` a parameter: of a bundle's module, of an AMD definition, of the program's own? */
function isOwnRequire(ts: TypeScript, { expression: callee }: ts.CallExpression): boolean {
  return ts.isIdentifier(callee) && isParameter(ts, callee);
}
