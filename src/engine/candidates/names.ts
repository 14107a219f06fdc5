import type ts from "typescript";
import { globalNames } from "../catalogue.js";
import { isModuleGetter, loaderOf } from "../loading.js";
import { isChoice, isEscapingRequire } from "../requires.js";
import { parameterOf } from "../handed.js";
import { callOf, choicesOf, isDeclarationName, isGlobalObject, isPattern } from "../syntax.js";
import { visitPatternKey } from "./patterns.js";
import type { Scope } from "./scope.js";

/** `dial`, `net`, `fetch`, `{ connect }`, and the `connect` of `sock.connect` */
export function visitIdentifier(scope: Scope, name: ts.Identifier): void {
  const { ts, bindings } = scope;
  const { parent } = name;
  if (ts.isPropertyAccessExpression(parent) && parent.name === name) return visitMember(scope, name, parent);
  if (ts.isShorthandPropertyAssignment(parent) && parent.name === name && isPattern(ts, parent.parent))
    return visitPatternKey(scope, name, name.text, parent.parent);
  if (scope.makesFunctions(name)) scope.add({ role: "evaluated", node: name });
  if (isEscapingRequire(ts, name)) scope.add({ role: "loading", node: name });
  visitGlobalObject(scope, name);
  if (!bindings.listed.has(name.text) && !globalNames.has(name.text)) return;
  if (scope.isBound(name) || isDeclarationName(ts, name)) return;
  if (ts.isShorthandPropertyAssignment(parent) && parent.name === name)
    scope.add({ role: "shorthand", name, node: parent });
  else if (ts.isExportSpecifier(parent)) {
    const isType = parent.isTypeOnly || parent.parent.parent.isTypeOnly;
    if (!isType && (parent.propertyName ?? parent.name) === name)
      scope.add({ role: "alias", name, node: parent });
  } else if (!scope.isReachedThrough(name)) scope.add({ role: "name", name, expression: name });
}

function visitMember(scope: Scope, name: ts.Identifier, access: ts.PropertyAccessExpression): void {
  const { ts } = scope;
  const call = isModuleGetter(name.text) ? callOf(ts, access) : undefined;
  // The call itself is a candidate.
  if (call && loaderOf(ts, call)) return;
  if (scope.isMemberName(name.text, access.expression))
    scope.add({ role: "member", name, expression: access });
  else if (scope.makesFunctions(access)) scope.add({ role: "evaluated", node: name });
  else if (name.text === "require" && isEscapingRequire(ts, access))
    scope.add({ role: "loading", node: access });
}

/** `load(globalThis)`, where the function is not one of this file's, whose uses of it are looked at. */
function visitGlobalObject({ ts, candidates, bindings }: Scope, name: ts.Identifier): void {
  if (!isGlobalObject(ts, name) || parameterOf(ts, name)) return;
  let value: ts.Expression = name;
  while (ts.isExpression(value.parent) && isChoice(ts, value)) value = value.parent;
  const call = value.parent;
  if (!ts.isCallExpression(call) || call.expression === value || bindings.followed.has(call)) return;
  // `vi.spyOn(globalThis, "fetch")` names what it takes.
  const isNamed = call.arguments[1] !== undefined && ts.isStringLiteralLike(call.arguments[1]);
  if (isNamed || onlyLooking.test(call.expression.getText())) return;
  // Of `typeof self === "undefined" ? global : self`, one will do.
  if (choicesOf(ts, value).find((choice) => isGlobalObject(ts, choice)) !== name) return;
  candidates.push({ role: "handed", name, call });
}

/** What takes no function out of an object that it is called with: it has it for its receiver, looks at it, or adds to it. */
const onlyLooking =
  /^(?:Object|Reflect|console|expect|assert|util)\b|\b(?:call|apply|bind|has|is[A-Z]\w*|(?:strict|deep|not)?[eE]qual|inspect|markResourceTiming)$/;
