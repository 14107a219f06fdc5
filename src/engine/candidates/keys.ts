import type ts from "typescript";
import {
  isCalled,
  isCompared,
  isGlobalObject,
  isOnlyTested,
  isWritten,
  lastName,
  memberName,
  outerAccess,
} from "../syntax.js";
import { isEscapingRequire, isRequireOf } from "../requires.js";
import { visitConstructor, visitTakenConstructor } from "./constructors.js";
import type { Scope } from "./scope.js";

/** `sock["connect"]`, `sock[key]` */
export function visitElementAccess(scope: Scope, expression: ts.ElementAccessExpression): void {
  const { ts } = scope;
  const { expression: receiver, argumentExpression: key } = expression;
  const name = memberName(ts, expression) as ts.StringLiteralLike | undefined;
  if (name) {
    if (scope.isMemberName(name.text, receiver)) scope.add({ role: "member", name, expression });
    else if (name.text === "require" && isEscapingRequire(ts, expression))
      scope.add({ role: "loading", node: expression });
    else if (name.text === "constructor") visitConstructor(scope, name, expression);
    return;
  }
  if (isWritten(ts, expression) || isOnlyTested(ts, expression) || isCompared(ts, expression)) return;
  const text = visitKey(scope, receiver, key, expression);
  if (text !== undefined) scope.add({ role: "computed", name: key, expression, key: text });
}

/** `Reflect.get(sock, "connect")`, `Object.getOwnPropertyDescriptor(globalThis, "fetch")`, `_.invoke(sock, "connect")` */
export function visitGet(scope: Scope, call: ts.CallExpression): void {
  const { ts } = scope;
  const {
    expression: callee,
    arguments: [receiver, key],
  } = call;
  if (!receiver || !key || !takes(scope, callee)) return;
  if (isRequireOf(ts, key, receiver)) return scope.add({ role: "loading", node: key });
  if (ts.isStringLiteralLike(key) && key.text === "constructor")
    return visitTakenConstructor(scope, key, receiver);
  const text = ts.isStringLiteralLike(key)
    ? scope.isMemberName(key.text, receiver)
      ? key.text
      : undefined
    : visitKey(scope, receiver, key);
  if (text !== undefined) scope.add({ role: "destructured", name: key, key: text, pattern: receiver });
}

/** Is what is called one that gives the member of its first argument that the second names? */
function takes({ ts }: Scope, callee: ts.Expression): boolean {
  if (!ts.isPropertyAccessExpression(callee)) return false;
  const { text } = callee.name;
  if (text === "get") return ["Reflect", "_", "lodash"].includes(lastName(ts, callee.expression) ?? "");
  return text === "getOwnPropertyDescriptor" || text === "invoke";
}

/**
 * A key that isn't written where it is used.
 *
 * @returns the name that it is a constant for, if that matters; what types have to tell is added as a candidate
 */
export function visitKey(
  scope: Scope,
  receiver: ts.Expression,
  key: ts.Expression,
  expression?: ts.ElementAccessExpression,
): string | undefined {
  const { ts, keys } = scope;
  const text = keys.textOf(key);
  // `process[stream].isTTY` takes no function.
  const isWay = expression && !isCalled(ts, expression) && outerAccess(ts, expression) !== undefined;
  const isUnknown = text === undefined && !isWay && !keys.isKnown(key);
  if (isGlobalObject(ts, receiver) || scope.isOnlyNamed(receiver)) {
    if (text !== undefined) return scope.isMemberName(text, receiver) ? text : undefined;
    if (isUnknown && scope.mayGiveModules(receiver))
      scope.add({ role: "unknown", name: key, receiver, expression, isGlobal: true });
    return undefined;
  }
  // What a module is asked for by an unknown name, it is asked for as a value.
  if (scope.isModuleExpression(receiver)) return undefined;
  if (text !== undefined) return scope.matters(text) ? text : undefined;
  if (isUnknown && !keys.isCounter(key))
    scope.add({ role: "unknown", name: key, receiver, expression, isGlobal: false });
  return undefined;
}
