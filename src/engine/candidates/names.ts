import type ts from "typescript";
import { globalNames } from "../catalogue.js";
import { isModuleGetter, loaderOf } from "../loading.js";
import { isChoice, isEscapingRequire, isExported } from "../requires.js";
import { parameterOf } from "../handed.js";
import {
  callOf,
  choicesOf,
  globalObjects,
  hasRest,
  isDeclarationName,
  isGlobalObject,
  isPattern,
  patternSource,
} from "../syntax.js";
import { visitConstructor } from "./constructors.js";
import { visitPatternKey } from "./patterns.js";
import type { TypeScript } from "../vocabulary.js";
import type { Scope } from "./scope.js";

/** `dial`, `net`, `fetch`, `{ connect }`, and the `connect` of `sock.connect` */
export function visitIdentifier(scope: Scope, name: ts.Identifier): void {
  const { ts, bindings } = scope;
  const { parent } = name;
  if (ts.isPropertyAccessExpression(parent) && parent.name === name) return visitMember(scope, name, parent);
  if (ts.isShorthandPropertyAssignment(parent) && parent.name === name && isPattern(ts, parent.parent))
    return visitPatternKey(scope, name, name.text, parent.parent);
  if (scope.functionMakers.runsText(name)) scope.add({ role: "evaluated", node: name });
  if (isEscapingRequire(ts, name)) scope.add({ role: "loading", node: name });
  // Read once: in a tree of TypeScript 7 it is decoded each time.
  const { text } = name;
  if (globalObjects.has(text) || bindings.scopes.has(text)) visitGlobalObject(scope, name);
  if (!bindings.listed.has(text) && !globalNames.has(text)) return;
  if (scope.isBound(name) || isDeclarationName(ts, name) || ts.isImportEqualsDeclaration(parent)) return;
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
  else if (name.text === "constructor") visitConstructor(scope, name, access);
  else if (name.text === "require" && isEscapingRequire(ts, access))
    scope.add({ role: "loading", node: access });
}

/** `load(globalThis)`, where the function is not one of this file's, whose uses of it are looked at. */
function visitGlobalObject(scope: Scope, name: ts.Identifier): void {
  const { ts, bindings } = scope;
  const isScope = (node: ts.Expression): boolean =>
    isGlobalObject(ts, node) || (ts.isIdentifier(node) && bindings.scopes.has(node.text));
  if (parameterOf(ts, name)) return;
  let value: ts.Expression = name;
  while (ts.isExpression(value.parent) && isChoice(ts, value)) value = value.parent;
  const place = value.parent;
  if (isCopied(scope, value)) return scope.add({ role: "copied", name });
  // Of `typeof self === "undefined" ? global : self`, one will do.
  if (choicesOf(ts, value).find(isScope) !== name) return;
  if (isPut(ts, value)) {
    const literal = outermostLiteral(ts, place);
    // The function itself is asked for what is expected of it.
    const own = ts.isArrowFunction(place) ? place.equalsGreaterThanToken : place;
    return scope.add({ role: "handed", name, place: own, literal: literal === own ? undefined : literal });
  }
  const isCall = ts.isCallExpression(place) || ts.isNewExpression(place);
  if (!isCall || place.expression === value || bindings.followed.has(place)) return;
  // `vi.spyOn(globalThis, "fetch")` names what it takes.
  const second = place.arguments?.[1];
  const isNamed = second !== undefined && ts.isStringLiteralLike(second);
  if (isNamed || onlyLooking.test(place.expression.getText())) return;
  scope.add({ role: "handed", name, place });
}

/** `[globalThis]`, `{ scope: globalThis }`, `this.scope = globalThis`, `yield globalThis`, `` tag`${globalThis}` `` */
function isPut(ts: TypeScript, value: ts.Expression): boolean {
  const { parent } = value;
  if (ts.isTemplateSpan(parent)) return ts.isTaggedTemplateExpression(parent.parent.parent);
  if (ts.isBinaryExpression(parent))
    return (
      parent.right === value &&
      parent.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
      ts.isPropertyAccessExpression(parent.left) &&
      !isGlobalObject(ts, parent.left.expression)
    );
  return (
    ts.isArrayLiteralExpression(parent) ||
    (ts.isPropertyAssignment(parent) && parent.initializer === value) ||
    (ts.isShorthandPropertyAssignment(parent) && !isPattern(ts, parent.parent)) ||
    ts.isYieldExpression(parent) ||
    ts.isReturnStatement(parent) ||
    (ts.isArrowFunction(parent) && parent.body === value)
  );
}

/** The outermost literal that has it, or function that returns it, in whichever the place is. */
function outermostLiteral(ts: TypeScript, place: ts.Node): ts.Expression | undefined {
  let literal: ts.Expression | undefined;
  for (let node: ts.Node = place; ; node = node.parent)
    if (
      ts.isObjectLiteralExpression(node) ||
      ts.isArrayLiteralExpression(node) ||
      ts.isArrowFunction(node) ||
      ts.isFunctionExpression(node)
    )
      literal = node;
    else if (ts.isReturnStatement(node)) {
      const scope = functionAround(ts, node);
      if (!scope) return literal;
      node = scope;
      if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) literal = node;
      else if (!ts.isMethodDeclaration(node) || !ts.isObjectLiteralExpression(node.parent)) return literal;
    } else if (!ts.isPropertyAssignment(node) && !ts.isShorthandPropertyAssignment(node)) return literal;
}

/** `{ ...globalThis }`, `const { ...all } = globalThis`, `Object.values(globalThis)`, `Object.assign({}, globalThis)`, `return globalThis as any`, `root: any = globalThis` */
function isCopied({ ts }: Scope, value: ts.Expression): boolean {
  const { parent } = value;
  const type = ts.isAsExpression(value) && isKept(ts, parent) ? value.type : typeOfPlace(ts, value);
  if (type) return !ofGlobalObject.test(type.getText());
  if (ts.isSpreadAssignment(parent)) return !isPattern(ts, parent.parent);
  // `f(...[globalThis])`: of what is spread, nothing is expected.
  if (ts.isArrayLiteralExpression(parent) && isSpread(ts, parent)) return true;
  const target = ts.isBinaryExpression(parent) ? parent.left : (parent as ts.VariableDeclaration).name;
  if (target && patternSource(ts, target) === value && hasRest(ts, target)) return true;
  if (!ts.isCallExpression(parent) || parent.expression === value) return false;
  const { expression: callee, arguments: given } = parent;
  if (!ts.isPropertyAccessExpression(callee) || callee.expression.getText() !== "Object") return false;
  return (
    ["values", "entries", "getOwnPropertyDescriptors"].includes(callee.name.text) ||
    (callee.name.text === "assign" && given[0] !== value)
  );
}

function isSpread(ts: TypeScript, list: ts.Expression): boolean {
  const { parent } = list;
  if (ts.isArrayLiteralExpression(parent)) return isSpread(ts, parent);
  return ts.isSpreadElement(parent) && !isPattern(ts, list);
}

/** Types by which what is taken out of the global object is known. */
const ofGlobalObject = /(?:\btypeof globalThis|Window|GlobalScope)\b/;

/** The type that is written where a value is kept: of a field, of what is exported, or of what a function returns. */
function typeOfPlace(ts: TypeScript, { parent }: ts.Expression): ts.TypeNode | undefined {
  if (ts.isPropertyDeclaration(parent) || ts.isArrowFunction(parent)) return parent.type;
  if (ts.isVariableDeclaration(parent)) return isExported(ts, parent) ? parent.type : undefined;
  if (!ts.isReturnStatement(parent) && !ts.isYieldExpression(parent)) return undefined;
  const type = functionAround(ts, parent)?.type;
  // `Generator<…>` is asked what it expects.
  const isTold = ts.isReturnStatement(parent) || type?.kind === ts.SyntaxKind.AnyKeyword;
  return isTold || type?.kind === ts.SyntaxKind.UnknownKeyword ? type : undefined;
}

function functionAround(ts: TypeScript, node: ts.Node): ts.SignatureDeclaration | undefined {
  let scope = node;
  while (!ts.isFunctionLike(scope) && !ts.isSourceFile(scope)) scope = scope.parent;
  return ts.isFunctionLike(scope) ? scope : undefined;
}

/** Is what an expression gives kept where its type is all that is known of it, and not under a name of its own? */
function isKept(ts: TypeScript, parent: ts.Node): boolean {
  if (ts.isBinaryExpression(parent))
    return parent.operatorToken.kind === ts.SyntaxKind.EqualsToken && !ts.isIdentifier(parent.left);
  return (
    ts.isPropertyAssignment(parent) ||
    ts.isPropertyDeclaration(parent) ||
    ts.isReturnStatement(parent) ||
    ts.isExportAssignment(parent) ||
    ts.isArrowFunction(parent) ||
    ts.isArrayLiteralExpression(parent)
  );
}

/** What takes no function out of an object that it is called with: it has it for its receiver, looks at it, or adds to it. */
const onlyLooking =
  /^(?:Object|Reflect|console|expect|assert|util)\b|\b(?:call|apply|bind|has|is[A-Z]\w*|(?:strict|deep|not)?[eE]qual|inspect|markResourceTiming)$/;
