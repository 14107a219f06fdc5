import type ts from "typescript";
import { exportNames } from "../catalogue.js";
import { isRequireOf } from "../requires.js";
import { isGlobalObject, isPattern, patternSource } from "../syntax.js";
import type { TypeScript } from "../vocabulary.js";
import { visitTakenConstructor } from "./constructors.js";
import { visitKey } from "./keys.js";
import type { Scope } from "./scope.js";

/** `const { connect: dial } = sock` */
export function visitBindingElement(scope: Scope, element: ts.BindingElement): void {
  const { ts } = scope;
  if (!ts.isObjectBindingPattern(element.parent) || element.dotDotDotToken || scope.isBound(element)) return;
  visitPropertyName(scope, element.propertyName ?? element.name, element.parent);
}

/** `({ connect: dial } = sock)` */
export function visitPropertyAssignment(scope: Scope, property: ts.PropertyAssignment): void {
  if (isPattern(scope.ts, property.parent)) visitPropertyName(scope, property.name, property.parent);
}

function visitPropertyName(scope: Scope, name: ts.Node, pattern: ts.Node): void {
  const { ts, keys } = scope;
  const key = constantKey(ts, name);
  if (key) visitPatternKey(scope, key, key.text, pattern);
  else if (ts.isComputedPropertyName(name)) {
    const text = keys.textOf(name.expression);
    if (text !== undefined) visitPatternKey(scope, name.expression, text, pattern);
    else
      visitUnknown(scope, name.expression, pattern as ts.ObjectBindingPattern | ts.ObjectLiteralExpression);
  }
}

/** `const { [key]: dial } = sock` */
function visitUnknown(
  scope: Scope,
  key: ts.Expression,
  pattern: ts.ObjectBindingPattern | ts.ObjectLiteralExpression,
): void {
  const { ts, keys } = scope;
  const from = patternSource(ts, pattern);
  const isTold = from && (isGlobalObject(ts, from) || scope.isModuleExpression(from));
  if (from && (isTold || ts.isObjectLiteralExpression(pattern))) visitKey(scope, from, key);
  else if (!keys.isKnown(key) && !keys.isCounter(key))
    scope.add({ role: "unknown", name: key, receiver: pattern, isGlobal: false });
}

/** A method, or a global, that a pattern takes out of its object. */
export function visitPatternKey(scope: Scope, name: ts.Expression, key: string, pattern: ts.Node): void {
  const from = patternSource(scope.ts, pattern);
  if (isRequireOf(scope.ts, name, from)) scope.add({ role: "loading", node: name });
  else if (key === "constructor") visitTakenConstructor(scope, name, from ?? pattern);
  else if (scope.matters(key) || (from && exportNames.has(key) && scope.isOnlyNamed(from)))
    scope.add({ role: "destructured", name, key, pattern });
}

/** The name of a property, where it is constant. */
function constantKey(ts: TypeScript, name: ts.Node): ts.Identifier | ts.StringLiteralLike | undefined {
  if (ts.isComputedPropertyName(name))
    return ts.isStringLiteralLike(name.expression) ? name.expression : undefined;
  return ts.isIdentifier(name) || ts.isStringLiteralLike(name) ? name : undefined;
}

/** The names that an object pattern takes, or undefined where it takes what syntax can't tell. */
export function patternNames(ts: TypeScript, pattern: ts.ObjectBindingPattern): string[] | undefined {
  const names: string[] = [];
  for (const element of pattern.elements) {
    const key = constantKey(ts, element.propertyName ?? element.name);
    if (element.dotDotDotToken || !key) return undefined;
    names.push(key.text);
  }
  return names;
}
