import type ts from "typescript";
import { unwrapped } from "../engine/syntax.js";
import { evaluate } from "./expressions.js";
import type { Machine } from "./machine.js";
import { mentions, placeOfExpression } from "./names.js";
import { sidesOf, tellingOf } from "./attempts.js";
import { afterSuccess, underWay } from "./protocol.js";
import { compares, constantOf, isTrue, split, type Operator } from "./outcomes.js";
import { join, type State } from "./state.js";
import { open, type Returned, type Value } from "./value.js";

export interface Branches {
  readonly whenTrue: State | undefined;
  readonly whenFalse: State | undefined;
  readonly value: Value;
}

const EISCONN: ReadonlySet<string> = new Set(["EISCONN"]);
const IN_PROGRESS: ReadonlySet<string> = new Set(["EINPROGRESS", "EALREADY", "EWOULDBLOCK"]);

/** Follows a condition, and what each outcome says of a connect: that it has failed, or that it is done. */
export function test(machine: Machine, expression: ts.Expression): Branches {
  const { ts } = machine;
  const { SyntaxKind } = ts;
  const node = unwrapped(ts, expression);
  if (node.kind === SyntaxKind.TrueKeyword)
    return { whenTrue: machine.state, whenFalse: undefined, value: open };
  if (node.kind === SyntaxKind.FalseKeyword)
    return { whenTrue: undefined, whenFalse: machine.state, value: open };
  if (ts.isPrefixUnaryExpression(node) && node.operator === SyntaxKind.ExclamationToken) {
    const { whenTrue, whenFalse } = test(machine, node.operand);
    return { whenTrue: whenFalse, whenFalse: whenTrue, value: open };
  }
  if (ts.isBinaryExpression(node)) {
    const { kind } = node.operatorToken;
    if (kind === SyntaxKind.AmpersandAmpersandToken || kind === SyntaxKind.BarBarToken)
      return testBoth(machine, node, kind === SyntaxKind.AmpersandAmpersandToken);
    const comparison = comparisonOf(machine, node);
    if (comparison) return comparison;
  }
  const value = evaluate(machine, node);
  const { state } = machine;
  const told = tellingOf(value);
  if (told) return { ...sidesOf(state, told), value: open };
  const apart = split(state, value, placeOfExpression(machine.names, node), isTrue);
  return apart ? { ...apart, value } : { whenTrue: state, whenFalse: state, value };
}

/** `switch (value) { case other: … }` */
export function equality(
  machine: Machine,
  node: ts.Expression,
  value: Value,
  other: ts.Expression,
): Branches {
  const right = evaluate(machine, other);
  return compared(machine, "==", [node, other], value, right);
}

function testBoth(machine: Machine, { left, right }: ts.BinaryExpression, isAnd: boolean): Branches {
  const first = test(machine, left);
  machine.state = isAnd ? first.whenTrue : first.whenFalse;
  const nothing: Branches = { whenTrue: undefined, whenFalse: undefined, value: open };
  const second = machine.state ? test(machine, right) : nothing;
  return isAnd
    ? { whenTrue: second.whenTrue, whenFalse: join([first.whenFalse, second.whenFalse]), value: open }
    : { whenTrue: join([first.whenTrue, second.whenTrue]), whenFalse: second.whenFalse, value: open };
}

/** `error.code === "EISCONN"`, `connect(s, address) < 0` and the like. */
function comparisonOf(machine: Machine, node: ts.BinaryExpression): Branches | undefined {
  const operator = operatorOf(machine.ts, node);
  if (!operator) return undefined;
  const left = evaluate(machine, node.left);
  const right = evaluate(machine, node.right);
  return compared(machine, operator, [node.left, node.right], left, right);
}

function compared(
  machine: Machine,
  operator: Operator,
  sides: readonly [left: ts.Expression, right: ts.Expression],
  left: Value,
  right: Value,
): Branches {
  const { state } = machine;
  const same: Branches = { whenTrue: state, whenFalse: state, value: open };
  if (operator === "==" || operator === "!=") {
    const names = (wanted: ReadonlySet<string>): boolean =>
      sides.some((side) => mentions(machine.names, side, wanted));
    const isUnequal = operator === "!=";
    if (names(EISCONN)) return swapped({ ...same, whenTrue: afterSuccess(state) }, isUnequal);
    if (names(IN_PROGRESS))
      return swapped(
        { ...same, whenTrue: underWay(state, true), whenFalse: underWay(state, false) },
        isUnequal,
      );
  }
  const told = comparedTelling(machine.ts, operator, sides, left, right);
  if (told) return { ...sidesOf(state, told), value: open };
  const constant = constantOf(machine.ts, sides[1]);
  const apart =
    constant &&
    split(state, left, placeOfExpression(machine.names, sides[0]), (each) =>
      compares(each, operator, constant.value),
    );
  return apart ? { ...apart, value: open } : same;
}

/** What a comparison says of a connect, as a value: `const failed = (await connect(s, address)) < 0`. */
export function comparisonTells(
  machine: Machine,
  node: ts.BinaryExpression,
  left: Value,
  right: Value,
): Value["tells"] {
  const operator = operatorOf(machine.ts, node);
  return operator && comparedTelling(machine.ts, operator, [node.left, node.right], left, right);
}

function comparedTelling(
  ts: Machine["ts"],
  operator: Operator,
  [first, second]: readonly [left: ts.Expression, right: ts.Expression],
  left: Value,
  right: Value,
): Value["tells"] {
  const of = left.resultOf ?? right.resultOf;
  if (of === undefined) return undefined;
  const constant = constantOf(ts, left.resultOf === undefined ? first : second);
  const failedWhen = failureWhen(operator, constant?.value);
  return failedWhen === undefined ? undefined : { of, failedWhen };
}

function swapped(branches: Branches, isSwapped: boolean): Branches {
  const { whenTrue, whenFalse, value } = branches;
  return isSwapped ? { whenTrue: whenFalse, whenFalse: whenTrue, value } : branches;
}

function operatorOf(
  { SyntaxKind }: Machine["ts"],
  { operatorToken }: ts.BinaryExpression,
): Operator | undefined {
  switch (operatorToken.kind) {
    case SyntaxKind.EqualsEqualsToken:
    case SyntaxKind.EqualsEqualsEqualsToken:
      return "==";
    case SyntaxKind.ExclamationEqualsToken:
    case SyntaxKind.ExclamationEqualsEqualsToken:
      return "!=";
    case SyntaxKind.LessThanToken:
      return "<";
    case SyntaxKind.GreaterThanToken:
      return ">";
    case SyntaxKind.LessThanEqualsToken:
      return "<=";
    case SyntaxKind.GreaterThanEqualsToken:
      return ">=";
    default:
      return undefined;
  }
}

/** Does the comparison of connect's result, 0 or -1, hold for failure (true), for success (false), or for neither? */
function failureWhen(operator: Operator, constant: Returned): boolean | undefined {
  if (typeof constant !== "number") return undefined;
  const [failure, success] = [compares(-1, operator, constant), compares(0, operator, constant)];
  return failure === success ? undefined : failure;
}
