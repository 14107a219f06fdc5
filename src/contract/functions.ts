import type ts from "typescript";
import { bindDeclaration, evaluate } from "./expressions.js";
import { newFrame, type Machine } from "./machine.js";
import { factsOf, outcomesOf, returnedBy, withOutcomes } from "./outcomes.js";
import { isDropped } from "./promises.js";
import { join } from "./state.js";
import { execute } from "./statements.js";
import { open, union, type Outcome, type Value } from "./value.js";

/** How often a function is followed into itself: what comes deeper leaves by the same ways. */
const MOST_ROUNDS = 2;

const DEEPEST = 40;

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
  if (isAsync && isDropped(machine.ts, call)) machine.state = join([before, machine.state]);
  return union(results);
}

/** Follows a function's body, with what it is called with; `undefined` arguments come from out of sight. */
export function run(machine: Machine, node: ts.Node, values: readonly Value[]): Value {
  const { parameters, body } = node as ts.FunctionLikeDeclaration;
  if (!body || !machine.state) return open;
  if (machine.active.filter((each) => each === node).length >= MOST_ROUNDS) {
    machine.state = undefined;
    return open;
  }
  if (machine.active.length >= DEEPEST) {
    machine.log.isIncomplete = true;
    return open;
  }
  machine.reached.add(node);
  machine.active.push(node);
  const outer = machine.frame;
  machine.frame = newFrame();
  parameters.forEach((parameter, index) => {
    const value = parameter.dotDotDotToken ? union(values.slice(index)) : (values[index] ?? open);
    bindDeclaration(machine, parameter, value);
  });
  const { ts } = machine;
  if (ts.isBlock(body)) {
    execute(machine, body);
    const { state } = machine;
    if (state) machine.frame.outcomes?.push({ returned: undefined, facts: factsOf(state) });
  } else leave(machine, body);
  machine.takeExits("return");
  const { results, outcomes, deferred } = machine.frame;
  const isToldApart = outcomes && deferred.length === 0;
  runDeferred(machine);
  machine.frame = outer;
  machine.active.pop();
  const value = union(results);
  return isToldApart && machine.state ? withOutcomes(value, outcomes, machine.state) : value;
}

/** `return`, with the outcomes of a condition told apart: `return (await connect(s, address)) === 0`. */
export function leave(machine: Machine, expression: ts.Expression | undefined): void {
  const value = expression ? evaluate(machine, expression) : open;
  const { state, frame } = machine;
  frame.results.push(value);
  if (!state || !frame.outcomes) return;
  const returned = expression ? returnedBy(machine.ts, expression) : { value: undefined };
  const known: readonly Outcome[] | undefined = returned
    ? [{ returned: returned.value, facts: factsOf(state) }]
    : outcomesOf(value, state);
  if (known) frame.outcomes.push(...known);
  else frame.outcomes = undefined;
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
