import type ts from "typescript";
import { placesIn } from "./places.js";
import {
  callOf,
  isCompared,
  isInstanceofTarget,
  isNew,
  isOnlyTested,
  isWritten,
  memberName,
  outerAccess,
  unwrapped,
  type MemberAccess,
} from "./syntax.js";
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
  if (!/(?:[)}]|\bconstructor)\s*\??\.\s*constructor\b|=\s*Function\b/.test(file.text))
    return { names, runsText: () => false };
  const places = placesIn(file);
  const visit = (node: ts.Node): void => {
    if (!places.within(node)) return;
    if (
      ts.isVariableDeclaration(node) &&
      ts.isIdentifier(node.name) &&
      node.initializer &&
      (isConstructorOfFunction(ts, node.initializer) || isNamedFunction(ts, node.initializer))
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

/**
 * What an access to `constructor` takes it of, to be called or handed on; types tell if that is a function. Not
 * `this.constructor`, which is a class.
 */
export function constructedOf(ts: TypeScript, access: MemberAccess): ts.Expression | undefined {
  const { expression: receiver } = access;
  const { kind } = receiver;
  if (kind === ts.SyntaxKind.ThisKeyword || kind === ts.SyntaxKind.SuperKeyword) return undefined;
  // `value.constructor.name`, `value.constructor.prototype`
  const outer = outerAccess(ts, access);
  if (outer && !["call", "apply", "bind"].includes(memberName(ts, outer)?.text ?? "")) return undefined;
  if (isCompared(ts, access) || isOnlyTested(ts, access) || isWritten(ts, access)) return undefined;
  return isInstanceofTarget(ts, access) ? undefined : ownerOf(ts, receiver);
}

/** `f` of `Object.getPrototypeOf(f)` and of `f.__proto__`: what they give has the same constructor. */
export function ownerOf(ts: TypeScript, node: ts.Expression): ts.Expression {
  const inner = unwrapped(ts, node);
  if (ts.isPropertyAccessExpression(inner) && inner.name.text === "__proto__") return inner.expression;
  return prototypeOf(ts, inner) ?? node;
}

/** The argument of `Object.getPrototypeOf(…)`. */
function prototypeOf(ts: TypeScript, node: ts.Expression): ts.Expression | undefined {
  if (!ts.isCallExpression(node)) return undefined;
  const { expression: callee, arguments: given } = node;
  return ts.isPropertyAccessExpression(callee) && callee.name.text === "getPrototypeOf"
    ? given[0]
    : undefined;
}

/** By its own words, whatever types say. */
export function isConstructorOfFunction(ts: TypeScript, node: ts.Expression): boolean {
  const access = unwrapped(ts, node);
  if (!ts.isPropertyAccessExpression(access) || access.name.text !== "constructor") return false;
  const owner = unwrapped(ts, access.expression);
  if (ts.isPropertyAccessExpression(owner)) return owner.name.text === "constructor";
  return isFunction(ts, unwrapped(ts, prototypeOf(ts, owner) ?? owner));
}

/** `const Make = Function` */
function isNamedFunction(ts: TypeScript, node: ts.Expression): boolean {
  const inner = unwrapped(ts, node);
  return ts.isIdentifier(inner) && inner.text === "Function";
}

function isFunction(ts: TypeScript, node: ts.Expression): boolean {
  return ts.isFunctionExpression(node) || ts.isArrowFunction(node);
}
