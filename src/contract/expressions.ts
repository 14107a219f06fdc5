import type ts from "typescript";
import { unwrapped } from "../engine/syntax.js";
import { tellingOf } from "./attempts.js";
import { followCall, followNew } from "./calls.js";
import { followClass } from "./classes.js";
import { comparisonTells, test } from "./conditions.js";
import { isFunctionWithBody } from "./declarations.js";
import type { Machine } from "./machine.js";
import { nameOf, placeOf, placeOfDeclaration, placeOfExpression } from "./names.js";
import { constantOf, isTrue } from "./outcomes.js";
import { functionValue, open, socketFunction, union, type Value } from "./value.js";

/** Follows an expression: what it may evaluate to; the machine's state is moved on. */
export function evaluate(machine: Machine, expression: ts.Expression): Value {
  const { ts } = machine;
  const node = unwrapped(ts, expression);
  if (!machine.state || machine.isExhausted()) return open;
  const constant = constantOf(ts, node);
  if (constant) return { ...open, constant: { is: constant.value } };
  if (isFunctionWithBody(ts, node)) return functionValue(node);
  if (ts.isIdentifier(node)) return read(machine, node) ?? open;
  if (ts.isPropertyAccessExpression(node)) {
    const container = evaluate(machine, node.expression);
    return read(machine, node.name) ?? container;
  }
  if (ts.isElementAccessExpression(node)) {
    const container = evaluate(machine, node.expression);
    evaluate(machine, node.argumentExpression);
    const place = placeOfExpression(machine.names, node);
    return (place === undefined ? undefined : machine.state?.variables.get(place)) ?? container;
  }
  if (ts.isCallExpression(node)) return followCall(machine, node);
  if (ts.isNewExpression(node)) return followNew(machine, node);
  if (ts.isAwaitExpression(node)) return evaluate(machine, node.expression);
  if (ts.isBinaryExpression(node)) return evaluateBinary(machine, node);
  if (ts.isConditionalExpression(node)) {
    const { whenTrue, whenFalse } = test(machine, node.condition);
    return union(
      machine.branch([
        { from: whenTrue, follow: () => evaluate(machine, node.whenTrue) },
        { from: whenFalse, follow: () => evaluate(machine, node.whenFalse) },
      ]),
    );
  }
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
    return negated(evaluate(machine, node.operand));
  if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) {
    const value = evaluate(machine, node.operand);
    if (isStep(ts, node)) bind(machine, node.operand, value);
    return open;
  }
  if (ts.isObjectLiteralExpression(node))
    return union([open, ...node.properties.map((each) => member(machine, each))]);
  if (ts.isArrayLiteralExpression(node)) return union(node.elements.map((each) => evaluate(machine, each)));
  if (ts.isSpreadElement(node)) return evaluate(machine, node.expression);
  if (ts.isClassExpression(node)) {
    followClass(machine, node);
    return open;
  }
  ts.forEachChild(node, (child) => void evaluate(machine, child as ts.Expression));
  return open;
}

/** What a variable or a property holds. */
function read({ names, declarations, state }: Machine, name: ts.Node): Value | undefined {
  const kind = names.socketCall(name);
  if (kind) return socketFunction(kind);
  const place = placeOf(names, name);
  if (place === undefined) return undefined;
  const declared = declarations.functions.get(place);
  return state?.variables.get(place) ?? (declared && functionValue(declared));
}

function member(machine: Machine, node: ts.ObjectLiteralElementLike): Value {
  const { ts } = machine;
  if (ts.isSpreadAssignment(node)) return evaluate(machine, node.expression);
  if (ts.isShorthandPropertyAssignment(node)) {
    const value = read(machine, node.name) ?? open;
    machine.assignPlace(placeOfDeclaration(node), value);
    return value;
  }
  if (!ts.isPropertyAssignment(node)) return functionValue(node);
  const value = evaluate(machine, node.initializer);
  machine.assignPlace(placeOfDeclaration(node), value);
  return value;
}

function evaluateBinary(machine: Machine, node: ts.BinaryExpression): Value {
  const { SyntaxKind } = machine.ts;
  const { kind } = node.operatorToken;
  if (kind === SyntaxKind.EqualsToken) {
    const value = evaluate(machine, node.right);
    bind(machine, node.left, value);
    return value;
  }
  if (
    kind === SyntaxKind.AmpersandAmpersandToken ||
    kind === SyntaxKind.BarBarToken ||
    kind === SyntaxKind.QuestionQuestionToken
  )
    return evaluateChoice(machine, node);
  if (kind === SyntaxKind.CommaToken) {
    evaluate(machine, node.left);
    return evaluate(machine, node.right);
  }
  const left = evaluate(machine, node.left);
  const right = evaluate(machine, node.right);
  const isAssignment = kind >= SyntaxKind.FirstAssignment && kind <= SyntaxKind.LastAssignment;
  if (isAssignment) bind(machine, node.left, union([left, right]));
  const tells = comparisonTells(machine, node, left, right);
  return tells ? { ...open, tells } : open;
}

function negated(value: Value): Value {
  const told = tellingOf(value);
  if (told) return { ...open, tells: { ...told, failedWhen: !told.failedWhen } };
  if (!value.outcomes) return open;
  const { at, of } = value.outcomes;
  // Where nobody knows what was returned, it may be either.
  const either = of.flatMap(({ returned, facts }) => {
    const truth = isTrue(returned);
    return (truth === undefined ? [true, false] : [!truth]).map((each) => ({ returned: each, facts }));
  });
  return { ...open, outcomes: { at, of: either } };
}

function isStep(
  ts: Machine["ts"],
  { operator }: ts.PrefixUnaryExpression | ts.PostfixUnaryExpression,
): boolean {
  return operator === ts.SyntaxKind.PlusPlusToken || operator === ts.SyntaxKind.MinusMinusToken;
}

function evaluateChoice(machine: Machine, node: ts.BinaryExpression): Value {
  const { SyntaxKind } = machine.ts;
  const { kind } = node.operatorToken;
  const { whenTrue, whenFalse, value } = test(machine, node.left);
  const rest = kind === SyntaxKind.AmpersandAmpersandToken ? whenTrue : whenFalse;
  const done = kind === SyntaxKind.AmpersandAmpersandToken ? whenFalse : whenTrue;
  return union(
    machine.branch([
      {
        from: kind === SyntaxKind.QuestionQuestionToken ? machine.state : rest,
        follow: () => evaluate(machine, node.right),
      },
      { from: kind === SyntaxKind.QuestionQuestionToken ? machine.state : done, follow: () => value },
    ]),
  );
}

/** Gives a value to a name, a property, or all the names of a pattern. */
export function bind(machine: Machine, target: ts.Node, value: Value): void {
  const { ts } = machine;
  if (ts.isObjectBindingPattern(target) || ts.isArrayBindingPattern(target)) {
    // TypeScript 7 has elements without a name for the holes of `[, second]`.
    for (const element of target.elements)
      if (ts.isBindingElement(element) && (element.name as ts.Node | undefined)) {
        const key = element.dotDotDotToken ? undefined : (element.propertyName ?? element.name);
        const isKey = ts.isObjectBindingPattern(target) && key && ts.isIdentifier(key);
        bindDeclaration(machine, element, (isKey ? read(machine, key) : undefined) ?? value);
      }
  } else if (ts.isArrayLiteralExpression(target)) {
    for (const element of target.elements) bind(machine, element, value);
  } else if (ts.isObjectLiteralExpression(target)) {
    for (const property of target.properties)
      bind(
        machine,
        ts.isPropertyAssignment(property) ? property.initializer : (property.name ?? property),
        value,
      );
  } else if (ts.isIdentifier(target)) machine.assign(target, value);
  else {
    const expression = unwrapped(ts, target as ts.Expression);
    if (ts.isElementAccessExpression(expression)) {
      const container = nameOf(machine.names, expression.expression);
      if (container) machine.addTo(container, value);
      return;
    }
    const name = nameOf(machine.names, expression);
    if (name) machine.assign(name, value);
  }
}

/** Gives a value to what a declaration declares: its place is what names that refer to it resolve to. */
export function bindDeclaration(
  machine: Machine,
  declaration: ts.VariableDeclaration | ts.BindingElement | ts.ParameterDeclaration,
  value: Value,
): void {
  const { ts } = machine;
  const { name, initializer } = declaration;
  const isDefault = initializer && !ts.isVariableDeclaration(declaration);
  const given = isDefault ? union([value, evaluate(machine, initializer)]) : value;
  if (ts.isIdentifier(name)) machine.assignPlace(placeOfDeclaration(declaration), given);
  else bind(machine, name, given);
}
