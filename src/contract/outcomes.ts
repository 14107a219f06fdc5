import type ts from "typescript";
import { unwrapped } from "../engine/syntax.js";
import type { TypeScript } from "../engine/vocabulary.js";
import { branchesOf, tellingOf } from "./attempts.js";
import { join, withVariable, type State } from "./state.js";
import { SOMETHING, type Facts, type Outcome, type Outcomes, type Returned, type Value } from "./value.js";

export type Operator = "==" | "!=" | "<" | ">" | "<=" | ">=";

/** The constant that an expression is, or SOMETHING that is made anew; undefined: it may be anything. */
export function returnedBy(ts: TypeScript, expression: ts.Expression): { value: Returned } | undefined {
  const node = unwrapped(ts, expression);
  const isNew =
    ts.isObjectLiteralExpression(node) || ts.isArrayLiteralExpression(node) || ts.isNewExpression(node);
  return isNew ? { value: SOMETHING } : constantOf(ts, node);
}

/** The value of a literal: a number, a string, a truth, null or undefined. */
export function constantOf(ts: TypeScript, expression: ts.Expression): { value: Returned } | undefined {
  const node = unwrapped(ts, expression);
  const { SyntaxKind } = ts;
  if (node.kind === SyntaxKind.TrueKeyword) return { value: true };
  if (node.kind === SyntaxKind.FalseKeyword) return { value: false };
  if (node.kind === SyntaxKind.NullKeyword) return { value: null };
  if (ts.isIdentifier(node) && node.text === "undefined") return { value: undefined };
  if (ts.isNumericLiteral(node)) return { value: Number(node.text) };
  if (ts.isStringLiteralLike(node)) return { value: node.text };
  if (!ts.isPrefixUnaryExpression(node) || node.operator !== SyntaxKind.MinusToken) return undefined;
  const operand = constantOf(ts, node.operand);
  return typeof operand?.value === "number" ? { value: -operand.value } : undefined;
}

/** Whether a returned value is true, in a condition. */
export function isTrue(returned: Returned): boolean | undefined {
  return returned === SOMETHING ? undefined : Boolean(returned);
}

/** Whether a comparison with a constant holds for a returned value; undefined: nobody knows. */
export function compares(returned: Returned, operator: Operator, constant: Returned): boolean | undefined {
  if (constant === SOMETHING) return undefined;
  if (returned !== SOMETHING) return holds(returned, operator, constant);
  // A descriptor, or an object: never negative, nor one of the constants that say that there is none.
  const isNothing = typeof constant !== "number" || constant < 0;
  const answers = [holds(0, operator, constant), holds(Number.MAX_SAFE_INTEGER, operator, constant)];
  if (operator === "==" || operator === "!=") return isNothing ? operator === "!=" : undefined;
  return answers[0] === answers[1] ? answers[0] : undefined;
}

function holds(a: Exclude<Returned, symbol>, operator: Operator, b: Exclude<Returned, symbol>): boolean {
  const [left, right] = [a as number, b as number];
  switch (operator) {
    case "==":
      return a === b || (a == null && b == null);
    case "!=":
      return !holds(a, "==", b);
    case "<":
      return left < right;
    case ">":
      return left > right;
    case "<=":
      return left <= right;
    case ">=":
      return left >= right;
  }
}

/** What a value is for certain, or was where the paths to the state met; undefined: anything. */
export function outcomesOf(value: Value, state: State): readonly Outcome[] | undefined {
  const { constant, outcomes, descriptors, isOpen } = value;
  if (constant) return [{ returned: constant.is, facts: factsOf(state) }];
  if (outcomes && isCurrent(state, outcomes)) return outcomes.of;
  const attempt = tellingOf(value)?.of === state.attempt?.descriptor ? branchesOf(state, value) : undefined;
  if (attempt)
    return attempt.flatMap(([returned, each]) => (each ? [{ returned, facts: factsOf(each) }] : []));
  return descriptors.size > 0 && !isOpen ? [{ returned: SOMETHING, facts: factsOf(state) }] : undefined;
}

export function factsOf({ descriptors, connected }: Facts): Facts {
  return { descriptors, connected };
}

/** A value with the outcomes that are left of it. */
export function withOutcomes(value: Value, of: readonly Outcome[], at: Facts): Value {
  const { constant: _, outcomes: __, ...rest } = value;
  const [first, ...others] = of;
  if (!first) return rest;
  const isOpen =
    rest.isOpen && !(rest.descriptors.size > 0 && of.every(({ returned }) => returned === SOMETHING));
  if (others.some(({ returned }) => returned !== first.returned))
    return { ...rest, isOpen, outcomes: { at: factsOf(at), of } };
  return first.returned === SOMETHING ? { ...rest, isOpen } : { ...rest, constant: { is: first.returned } };
}

/** The states in which a test of a value comes out one way and the other; undefined: nobody knows. */
export function split(
  state: State | undefined,
  value: Value,
  place: string | undefined,
  test: (returned: Returned) => boolean | undefined,
): { whenTrue: State | undefined; whenFalse: State | undefined } | undefined {
  if (!state || !value.outcomes || !isCurrent(state, value.outcomes)) return undefined;
  const { of } = value.outcomes;
  const where = (unwanted: boolean): State | undefined => {
    const left = of.filter(({ returned }) => test(returned) !== unwanted);
    const met = join(left.map(({ facts }): State => ({ ...facts, variables: new Map() })));
    if (!met) return undefined;
    const facts = factsOf(met);
    const narrowed = { ...state, ...facts, attempt: undefined };
    return place === undefined ? narrowed : withVariable(narrowed, place, withOutcomes(value, left, facts));
  };
  return { whenTrue: where(false), whenFalse: where(true) };
}

/** Has nothing happened to any descriptor since? Variables may have been given values. */
export function isCurrent(facts: Facts, { at }: Outcomes): boolean {
  return facts.descriptors === at.descriptors && facts.connected === at.connected;
}
