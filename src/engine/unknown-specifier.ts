import type ts from "typescript";
import { moduleNames } from "./catalogue.js";
import { constantValueOf } from "./constants.js";
import { isParameter } from "./requires.js";
import { choicesOf, lastName } from "./syntax.js";
import type { TypeScript } from "./vocabulary.js";

/**
 * May a call that loads what its first argument says load a listed module? Not if the constant beginning of the
 * argument says otherwise: `` `./locales/${name}` ``, `__dirname + name`, `"pg-" + name`.
 */
export function mayNameListedModule(ts: TypeScript, call: ts.CallExpression): boolean {
  const [argument] = call.arguments;
  if (!argument || isOwnRequire(ts, call)) return false;
  return choicesOf(ts, argument).some((choice) => {
    const beginning = beginningOf(ts, choice);
    return moduleNames.some((name) => name.startsWith(beginning) || `node:${name}`.startsWith(beginning));
  });
}

/** `import("data:text/javascript,…")`, `` import(`data:text/javascript,${code}`) ``: the specifier is the code. */
export function loadsText(ts: TypeScript, { arguments: [specifier] }: ts.CallExpression): boolean {
  return (
    specifier !== undefined &&
    choicesOf(ts, specifier).some((choice) => isTextItself(beginningOf(ts, choice)))
  );
}

/** Node takes `text/javascript`, and data in JSON and machine code. https://nodejs.org/api/esm.html#data-imports */
export function isTextItself(specifier: string): boolean {
  return /^data:(?!application\/(?:json|wasm))/i.test(specifier);
}

/** What gives a text that begins as its first argument does. */
const keepsBeginning: ReadonlySet<string> = new Set(["resolve", "normalize", "String"]);

function beginningOf(ts: TypeScript, argument: ts.Expression): string {
  const node = constantValueOf(ts, argument);
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node))
    return node.head.text || beginningOf(ts, node.templateSpans[0]!.expression);
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken)
    return beginningOf(ts, node.left);
  if (ts.isCallExpression(node)) return beginningOfCall(ts, node);
  return ts.isIdentifier(node) && ["__dirname", "__filename"].includes(node.text) ? "/" : "";
}

/** `path.join(__dirname, name)`, `path.resolve(__dirname, name)`, `"./locales/".concat(name)`; any other call may give any text. */
function beginningOfCall(
  ts: TypeScript,
  { expression: callee, arguments: [first, second] }: ts.CallExpression,
): string {
  const name = lastName(ts, callee) ?? "";
  if (name === "concat" && ts.isPropertyAccessExpression(callee)) return beginningOf(ts, callee.expression);
  // `names.join("/")` is of a list.
  return first && (keepsBeginning.has(name) || (name === "join" && second)) ? beginningOf(ts, first) : "";
}

/** Is `require` a parameter: of a bundle's module, of an AMD definition, of the program's own? */
function isOwnRequire(ts: TypeScript, { expression: callee }: ts.CallExpression): boolean {
  return ts.isIdentifier(callee) && isParameter(ts, callee);
}
