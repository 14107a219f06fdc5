import type ts from "typescript";
import { test } from "./conditions.js";
import { bindDeclaration, evaluate } from "./expressions.js";
import { followLoop, isLoop } from "./loops.js";
import type { Machine } from "./machine.js";
import { join } from "./state.js";
import { followTry } from "./try.js";
import { open } from "./value.js";

/** Follows a statement: the machine's state is moved on, to undefined where nothing gets past it. */
export function execute(machine: Machine, node: ts.Statement, label?: string): void {
  const { ts } = machine;
  if (!machine.state || machine.isExhausted()) return;
  if (ts.isBlock(node)) return void node.statements.forEach((each) => execute(machine, each));
  if (ts.isExpressionStatement(node)) return void evaluate(machine, node.expression);
  if (ts.isVariableStatement(node)) return declare(machine, node.declarationList);
  if (ts.isIfStatement(node)) return followIf(machine, node);
  if (ts.isReturnStatement(node)) {
    machine.frame.results.push(node.expression ? evaluate(machine, node.expression) : open);
    return machine.exit("return");
  }
  if (ts.isThrowStatement(node)) {
    evaluate(machine, node.expression);
    machine.mayThrow(machine.state);
    machine.state = undefined;
    return;
  }
  if (ts.isBreakStatement(node)) return machine.exit(`break ${node.label?.text ?? ""}`);
  if (ts.isContinueStatement(node)) return machine.exit(`continue ${node.label?.text ?? ""}`);
  if (ts.isTryStatement(node)) return followTry(machine, node);
  if (ts.isSwitchStatement(node)) return followSwitch(machine, node);
  if (ts.isLabeledStatement(node)) {
    execute(machine, node.statement, node.label.text);
    return machine.takeExits(`break ${node.label.text}`);
  }
  if (isLoop(ts, node)) return followLoop(machine, node, label);
  if (ts.isExportAssignment(node)) return void evaluate(machine, node.expression);
}

export function declare(machine: Machine, list: ts.VariableDeclarationList): void {
  for (const declaration of list.declarations)
    if (declaration.initializer)
      bindDeclaration(machine, declaration, evaluate(machine, declaration.initializer));
}

function followIf(machine: Machine, node: ts.IfStatement): void {
  const { whenTrue, whenFalse } = test(machine, node.expression);
  machine.branch([
    { from: whenTrue, follow: () => execute(machine, node.thenStatement) },
    { from: whenFalse, follow: () => node.elseStatement && execute(machine, node.elseStatement) },
  ]);
}

/** Each clause is reached from the top, and from the one before unless that breaks. */
function followSwitch(machine: Machine, node: ts.SwitchStatement): void {
  const { ts } = machine;
  evaluate(machine, node.expression);
  const { clauses } = node.caseBlock;
  let top = machine.state;
  machine.state = undefined;
  for (const clause of clauses) {
    const fallen = machine.state;
    machine.state = top;
    if (ts.isCaseClause(clause)) evaluate(machine, clause.expression);
    top = machine.state;
    machine.state = join([fallen, top]);
    clause.statements.forEach((each) => execute(machine, each));
  }
  const hasDefault = clauses.some((clause) => !ts.isCaseClause(clause));
  if (!hasDefault) machine.state = join([machine.state, top]);
  machine.takeExits("break ");
}
