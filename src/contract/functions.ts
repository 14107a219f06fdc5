import type ts from "typescript";
import { bindDeclaration, evaluate } from "./expressions.js";
import { newFrame, type Machine } from "./machine.js";
import { join } from "./state.js";
import { execute } from "./statements.js";
import { open, union, type Value } from "./value.js";

const DEEPEST = 12;

/** Follows a call into the functions that it may be of. */
export function enter(
  machine: Machine,
  call: ts.Node,
  functions: readonly ts.Node[],
  values: readonly Value[],
): Value {
  const before = machine.state;
  machine.path.push(`${call.getSourceFile().fileName}:${call.pos}`);
  const results = machine.branch(
    functions.map((each) => ({ from: before, follow: () => run(machine, each, values) })),
  );
  machine.path.pop();
  // What nobody waits for has got as far as anywhere when the next statement runs.
  const isAsync = functions.some((each) => isAsyncFunction(machine.ts, each));
  if (isAsync && !isWaited(machine.ts, call)) machine.state = join([before, machine.state]);
  return union(results);
}

/** Follows a function's body, with what it is called with; `undefined` arguments come from out of sight. */
export function run(machine: Machine, node: ts.Node, values: readonly Value[]): Value {
  const { parameters, body } = node as ts.FunctionLikeDeclaration;
  const depth = machine.active.filter((each) => each === node).length;
  if (!body || !machine.state || depth > 1 || machine.active.length >= DEEPEST) return open;
  machine.reached.add(node);
  machine.active.push(node);
  const outer = machine.frame;
  machine.frame = newFrame();
  parameters.forEach((parameter, index) => {
    const value = parameter.dotDotDotToken ? union(values.slice(index)) : (values[index] ?? open);
    bindDeclaration(machine, parameter, value);
  });
  const { ts } = machine;
  if (ts.isBlock(body)) execute(machine, body);
  else machine.frame.results.push(evaluate(machine, body));
  machine.takeExits("return");
  runDeferred(machine);
  const { results } = machine.frame;
  machine.frame = outer;
  machine.active.pop();
  return union(results);
}

/** Callbacks that run some time: at any place after the one where they were handed over. */
export function runDeferred(machine: Machine): void {
  const { deferred } = machine.frame;
  for (let next = deferred.shift(); next; next = deferred.shift()) {
    const end = machine.state;
    machine.state = join([next.state, end]);
    run(machine, next.callback, []);
    machine.state = join([end, machine.state]);
  }
}

function isAsyncFunction(ts: Machine["ts"], node: ts.Node): boolean {
  const modifiers = ts.canHaveModifiers(node) ? ts.getModifiers(node) : undefined;
  return modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) ?? false;
}

function isWaited(ts: Machine["ts"], call: ts.Node): boolean {
  let node = call;
  while (ts.isParenthesizedExpression(node.parent)) node = node.parent;
  return (
    ts.isAwaitExpression(node.parent) ||
    ts.isReturnStatement(node.parent) ||
    ts.isArrowFunction(node.parent) ||
    ts.isPropertyAccessExpression(node.parent) ||
    ts.isVariableDeclaration(node.parent)
  );
}
