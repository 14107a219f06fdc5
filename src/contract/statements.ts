import type ts from "typescript";
import { equality, test } from "./conditions.js";
import { followClass } from "./classes.js";
import { bindDeclaration, evaluate } from "./expressions.js";
import { leave } from "./functions.js";
import { followLoop, isLoop } from "./loops.js";
import type { Machine } from "./machine.js";
import { followDropped } from "./promises.js";
import { join, type State } from "./state.js";
import { followTry } from "./try.js";
import { open, type Value } from "./value.js";

/** Follows a statement: the machine's state is moved on, to undefined where nothing gets past it. */
export function execute(machine: Machine, node: ts.Statement, label?: string): void {
  const { ts } = machine;
  if (!machine.state || machine.isExhausted()) return;
  if (ts.isBlock(node)) return void node.statements.forEach((each) => execute(machine, each));
  if (ts.isExpressionStatement(node)) return followDropped(machine, node.expression);
  if (ts.isClassDeclaration(node)) return followClass(machine, node);
  if (ts.isVariableStatement(node)) return declare(machine, node.declarationList);
  if (ts.isIfStatement(node)) return followIf(machine, node);
  if (ts.isReturnStatement(node)) {
    leave(machine, node.expression);
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

const undefinedValue: Value = { ...open, constant: { is: undefined } };

export function declare(machine: Machine, list: ts.VariableDeclarationList): void {
  for (const declaration of list.declarations) {
    const { initializer } = declaration;
    const value = initializer ? evaluate(machine, initializer) : undefinedValue;
    bindDeclaration(machine, declaration, value);
  }
}

function followIf(machine: Machine, node: ts.IfStatement): void {
  const { whenTrue, whenFalse } = test(machine, node.expression);
  machine.branch([
    { from: whenTrue, follow: () => execute(machine, node.thenStatement) },
    { from: whenFalse, follow: () => node.elseStatement && execute(machine, node.elseStatement) },
  ]);
}

/** Each clause is reached where its case holds and none before did, and from the one before unless that breaks. */
function followSwitch(machine: Machine, node: ts.SwitchStatement): void {
  const { ts } = machine;
  const value = evaluate(machine, node.expression);
  const { clauses } = node.caseBlock;
  const entries = new Map<ts.CaseOrDefaultClause, State | undefined>();
  let top = machine.state;
  for (const clause of clauses) {
    if (!ts.isCaseClause(clause)) continue;
    machine.state = top;
    if (!top) continue;
    const { whenTrue, whenFalse } = equality(machine, node.expression, value, clause.expression);
    entries.set(clause, whenTrue);
    top = whenFalse;
  }
  machine.state = undefined;
  for (const clause of clauses) {
    machine.state = join([machine.state, ts.isCaseClause(clause) ? entries.get(clause) : top]);
    clause.statements.forEach((each) => execute(machine, each));
  }
  const hasDefault = clauses.some((clause) => !ts.isCaseClause(clause));
  if (!hasDefault) machine.state = join([machine.state, top]);
  machine.takeExits("break ");
}
