import type ts from "typescript";
import { unwrapped } from "../engine/syntax.js";
import type { TypeScript } from "../engine/vocabulary.js";
import { evaluate } from "./expressions.js";
import { run } from "./functions.js";
import type { Machine } from "./machine.js";
import { nameOf } from "./names.js";
import { join, type State } from "./state.js";
import { open, union, type Value } from "./value.js";

/** `x.then(…)`, `x.catch(…)`, `x.finally(…)` */
export interface PromiseCall extends ts.CallExpression {
  readonly expression: ts.PropertyAccessExpression;
}

export function isPromiseCall(ts: TypeScript, node: ts.Node): node is PromiseCall {
  return (
    ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    isPromiseMethod(node.expression.name.text)
  );
}

export function isPromiseMethod(method: string): boolean {
  return method === "then" || method === "catch" || method === "finally";
}

/** Follows a chain of promises: what the first of them fulfils, and what is thrown on the way to it. */
export function followPromise(machine: Machine, call: PromiseCall): Value {
  const thrown: State[] = [];
  machine.handlers.push(thrown);
  const settled = evaluate(machine, call.expression.expression);
  machine.handlers.pop();
  const fulfilled = machine.state;
  const rejected = join(thrown);
  machine.state = fulfilled ?? rejected;
  const handlers = call.arguments.map((argument) => evaluate(machine, argument));
  const { text: method } = call.expression.name;
  const onFulfilled = method === "catch" ? undefined : handlers[0];
  const onRejected = method === "catch" ? handlers[0] : method === "then" ? handlers[1] : undefined;

  machine.state = fulfilled;
  const result = follow(machine, onFulfilled, [settled]) ?? settled;
  const ends = [machine.state];
  machine.state = rejected;
  const mended = follow(machine, onRejected, []);
  if (onRejected) ends.push(machine.state);
  else {
    if (method === "finally") follow(machine, handlers[0], []);
    machine.mayThrow(machine.state);
  }
  // What nobody waits for has got as far as anywhere when the next statement runs.
  if (!isWaitedFor(machine.ts, call)) ends.push(fulfilled);
  machine.state = join(ends);
  if (method === "finally") return settled;
  return mended ? union([result, mended]) : result;
}

/** Runs a handler, where there is one. */
function follow(machine: Machine, handler: Value | undefined, values: readonly Value[]): Value | undefined {
  if (!handler || !machine.state) return undefined;
  for (const states of handler.settles ?? []) states.push(machine.state);
  if (handler.functions.size === 0) return open;
  const before = machine.state;
  const results = machine.branch(
    [...handler.functions].map((each) => ({ from: before, follow: () => run(machine, each, values) })),
  );
  return union(results);
}

/** Is what comes after the chain of promises that the call belongs to waited for? */
function isWaitedFor(ts: TypeScript, call: ts.CallExpression): boolean {
  const { parent } = lastOfChain(ts, call);
  return ts.isAwaitExpression(parent) || ts.isReturnStatement(parent) || ts.isArrowFunction(parent);
}

/** Is the promise that a call gives, or that a chain behind it gives, let go: does nobody wait for it? */
export function isDropped(ts: TypeScript, call: ts.Node): boolean {
  const { parent } = lastOfChain(ts, call);
  return ts.isExpressionStatement(parent) || ts.isVoidExpression(parent);
}

function lastOfChain(ts: TypeScript, call: ts.Node): ts.Node {
  let node = call;
  for (;;) {
    const { parent } = node;
    const isLink =
      ts.isPropertyAccessExpression(parent) && parent.expression === node && isPromiseCall(ts, parent.parent);
    if (isLink) node = parent.parent;
    else if (ts.isParenthesizedExpression(parent)) node = parent;
    else return node;
  }
}

/**
 * Follows an expression whose value nobody wants. A connect that nobody waits for, nor tests, may have succeeded by the
 * next statement, or not.
 */
export function followDropped(machine: Machine, expression: ts.Expression): void {
  const before = machine.state;
  const { resultOf } = evaluate(machine, expression);
  const { ts, state } = machine;
  const inner = unwrapped(ts, expression);
  const dropped = ts.isVoidExpression(inner) ? unwrapped(ts, inner.expression) : inner;
  const isConnect = resultOf !== undefined && ts.isCallExpression(dropped);
  if (!before || !state || !(isConnect || isPromiseCall(ts, dropped) || isRemoteCall(machine, dropped)))
    return;
  machine.state = { ...state, connected: new Set([...before.connected, ...state.connected]) };
}

/** A connect on a descriptor that nobody knows, or an rcmd. */
function isRemoteCall({ ts, names }: Machine, node: ts.Expression): boolean {
  const name = ts.isCallExpression(node) ? nameOf(names, node.expression) : undefined;
  const kind = name && names.socketCall(name);
  return kind === "connect" || kind === "rcmd";
}
