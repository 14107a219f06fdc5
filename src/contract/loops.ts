import type ts from "typescript";
import type { TypeScript } from "../engine/vocabulary.js";
import { test } from "./conditions.js";
import { bind, bindDeclaration, evaluate } from "./expressions.js";
import type { Machine } from "./machine.js";
import { covers, join, type State } from "./state.js";
import { declare, execute } from "./statements.js";
import type { Value } from "./value.js";

export function isLoop(ts: TypeScript, node: ts.Node): node is ts.IterationStatement {
  return (
    ts.isForStatement(node) ||
    ts.isForOfStatement(node) ||
    ts.isForInStatement(node) ||
    ts.isWhileStatement(node) ||
    ts.isDoStatement(node)
  );
}

/** A loop is followed until another time round says nothing new. */
export function followLoop(machine: Machine, node: ts.IterationStatement, label: string | undefined): void {
  const { ts } = machine;
  if (ts.isForStatement(node) && node.initializer) {
    if (ts.isVariableDeclarationList(node.initializer)) declare(machine, node.initializer);
    else evaluate(machine, node.initializer);
  }
  const elements =
    ts.isForOfStatement(node) || ts.isForInStatement(node) ? evaluate(machine, node.expression) : undefined;
  let entry = machine.state;
  let after: State | undefined;
  for (;;) {
    machine.state = entry;
    if (ts.isDoStatement(node)) {
      body(machine, node, label);
      const { whenTrue, whenFalse } = machine.state
        ? test(machine, node.expression)
        : { whenTrue: undefined, whenFalse: undefined };
      machine.state = whenTrue;
      after = whenFalse;
    } else {
      after = beforeBody(machine, node, elements);
      body(machine, node, label);
      if (ts.isForStatement(node) && node.incrementor && machine.state) evaluate(machine, node.incrementor);
    }
    const next = join([entry, machine.state]);
    if (covers(entry, next)) break;
    entry = next;
  }
  machine.state = after;
  machine.takeExits("break ");
}

/** Goes on to the body, and tells what holds where the loop ends instead. */
function beforeBody(
  machine: Machine,
  node: ts.IterationStatement,
  elements: Value | undefined,
): State | undefined {
  const { ts } = machine;
  const condition = ts.isWhileStatement(node)
    ? node.expression
    : ts.isForStatement(node)
      ? node.condition
      : undefined;
  if (condition) {
    const { whenTrue, whenFalse } = machine.state
      ? test(machine, condition)
      : { whenTrue: undefined, whenFalse: undefined };
    machine.state = whenTrue;
    return whenFalse;
  }
  if (!elements || ts.isForStatement(node)) return undefined;
  const after = machine.state;
  const { initializer } = node as ts.ForOfStatement;
  if (!ts.isVariableDeclarationList(initializer)) bind(machine, initializer, elements);
  else for (const each of initializer.declarations) bindDeclaration(machine, each, elements);
  return after;
}

function body(machine: Machine, { statement }: ts.IterationStatement, label: string | undefined): void {
  execute(machine, statement);
  machine.takeExits("continue ");
  if (label !== undefined) machine.takeExits(`continue ${label}`);
}
