import type ts from "typescript";
import { placesIn } from "./places.js";
import { callOf, isNew, unwrapped } from "./syntax.js";
import type { TypeScript } from "./vocabulary.js";

export interface FunctionMakers {
  /** The names that the file gives to them. */
  readonly names: ReadonlySet<string>;
  /** Of the callee of a call or a `new`, or any other expression: does that run text? */
  runsText(callee: ts.Expression): boolean;
}

/**
 * `(async () => {}).constructor`, `Object.getPrototypeOf(async function () {}).constructor`: AsyncFunction and its like,
 * which have no name of their own, and `[].constructor.constructor`, which is Function. They make functions of text, as `Function` does.
 */
export function functionMakers(ts: TypeScript, file: ts.SourceFile): FunctionMakers {
  const names = new Set<string>();
  if (!/(?:[)}]|\bconstructor)\s*\??\.\s*constructor\b/.test(file.text))
    return { names, runsText: () => false };
  const places = placesIn(file);
  const visit = (node: ts.Node): void => {
    if (!places.within(node)) return;
    if (
      ts.isVariableDeclaration(node) &&
      ts.isIdentifier(node.name) &&
      node.initializer &&
      isConstructorOfFunction(ts, node.initializer)
    )
      names.add(node.name.text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return {
    names,
    runsText: (callee) =>
      (callOf(ts, callee) !== undefined || isNew(ts, callee)) &&
      (ts.isIdentifier(callee) ? names.has(callee.text) : isConstructorOfFunction(ts, callee)),
  };
}

function isConstructorOfFunction(ts: TypeScript, node: ts.Expression): boolean {
  const access = unwrapped(ts, node);
  if (!ts.isPropertyAccessExpression(access) || access.name.text !== "constructor") return false;
  const owner = unwrapped(ts, access.expression);
  if (ts.isPropertyAccessExpression(owner)) return owner.name.text === "constructor";
  if (!ts.isCallExpression(owner)) return isFunction(ts, owner);
  const { expression: callee, arguments: given } = owner;
  const isPrototype = ts.isPropertyAccessExpression(callee) && callee.name.text === "getPrototypeOf";
  return isPrototype && given[0] !== undefined && isFunction(ts, unwrapped(ts, given[0]));
}

function isFunction(ts: TypeScript, node: ts.Expression): boolean {
  return ts.isFunctionExpression(node) || ts.isArrowFunction(node);
}
