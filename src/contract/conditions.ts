import type ts from "typescript";
import { unwrapped } from "../engine/syntax.js";
import { evaluate } from "./expressions.js";
import type { Machine } from "./machine.js";
import { mentions } from "./names.js";
import { afterFailure, afterSuccess, underWay } from "./protocol.js";
import { join, type State } from "./state.js";
import { open, type Value } from "./value.js";

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
  const { resultOf: id } = value;
  // As in C: a result that is not 0 is a failure.
  if (id !== undefined)
    return { whenTrue: afterFailure(state, id), whenFalse: afterSuccess(state, id), value: open };
  return { whenTrue: state, whenFalse: state, value };
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
  const { state } = machine;
  const same: Branches = { whenTrue: state, whenFalse: state, value: open };
  if (operator === "==" || operator === "!=") {
    const names = (wanted: ReadonlySet<string>): boolean => mentions(machine.names, node, wanted);
    const isUnequal = operator === "!=";
    if (names(EISCONN)) return swapped({ ...same, whenTrue: afterSuccess(state) }, isUnequal);
    if (names(IN_PROGRESS))
      return swapped(
        { ...same, whenTrue: underWay(state, true), whenFalse: underWay(state, false) },
        isUnequal,
      );
  }
  const id = left.resultOf ?? right.resultOf;
  if (id === undefined) return same;
  const number = numberOf(machine.ts, left.resultOf === undefined ? node.left : node.right);
  const failure = failureWhen(operator, number);
  if (failure === undefined) return same;
  const failing = { whenTrue: afterFailure(state, id), whenFalse: afterSuccess(state, id), value: open };
  return swapped(failing, !failure);
}

function swapped(branches: Branches, isSwapped: boolean): Branches {
  const { whenTrue, whenFalse, value } = branches;
  return isSwapped ? { whenTrue: whenFalse, whenFalse: whenTrue, value } : branches;
}

type Operator = "==" | "!=" | "<" | ">" | "<=" | ">=";

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
function failureWhen(operator: Operator, number: number | undefined): boolean | undefined {
  if (number === undefined) return undefined;
  const holds = (result: number): boolean => {
    switch (operator) {
      case "==":
        return result === number;
      case "!=":
        return result !== number;
      case "<":
        return result < number;
      case ">":
        return result > number;
      case "<=":
        return result <= number;
      case ">=":
        return result >= number;
    }
  };
  return holds(-1) === holds(0) ? undefined : holds(-1);
}

function numberOf(ts: Machine["ts"], expression: ts.Expression): number | undefined {
  const node = unwrapped(ts, expression);
  if (ts.isNumericLiteral(node)) return Number(node.text);
  if (!ts.isPrefixUnaryExpression(node) || node.operator !== ts.SyntaxKind.MinusToken) return undefined;
  const operand = numberOf(ts, node.operand);
  return operand === undefined ? undefined : -operand;
}
