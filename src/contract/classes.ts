import type ts from "typescript";
import { evaluate } from "./expressions.js";
import type { Machine } from "./machine.js";
import { execute } from "./statements.js";

/** What a class does when it is declared: its static properties and blocks, in their order. */
export function followClass(machine: Machine, { members }: ts.ClassLikeDeclaration): void {
  const { ts } = machine;
  for (const member of members)
    if (ts.isClassStaticBlockDeclaration(member)) execute(machine, member.body);
    else if (ts.isPropertyDeclaration(member) && member.initializer && isStatic(ts, member))
      machine.assign(member.name, evaluate(machine, member.initializer));
}

export function isStatic(ts: Machine["ts"], { modifiers }: ts.PropertyDeclaration): boolean {
  return modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword) ?? false;
}
