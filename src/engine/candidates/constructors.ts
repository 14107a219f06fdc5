import type ts from "typescript";
import { constructedOf, isConstructorOfFunction, ownerOf } from "../function-constructors.js";
import { isModuleClass } from "../requires.js";
import {
  isCompared,
  isInstanceofTarget,
  isOnlyTested,
  memberName,
  outerAccess,
  wrapped,
  type MemberAccess,
} from "../syntax.js";
import type { Scope } from "./scope.js";

/** `setTimeout.constructor(text)`, `dial["constructor"](text)`: whether it is a function's, types tell. */
export function visitConstructor(scope: Scope, name: ts.Expression, access: MemberAccess): void {
  const { ts, functionMakers } = scope;
  if (isModuleClass(ts, access)) return visitModuleClass(scope, access);
  if (functionMakers.runsText(access)) return scope.add({ role: "evaluated", node: name });
  const owner = constructedOf(ts, access);
  // The calls of its name are told.
  const isNamed = ts.isVariableDeclaration(wrapped(ts, access).parent) && isConstructorOfFunction(ts, access);
  if (owner && !isNamed) scope.add({ role: "constructor", name, owner });
}

/** `const Module = module.constructor`: it loads whatever it is asked for, by whichever name. */
function visitModuleClass(scope: Scope, access: MemberAccess): void {
  const { ts } = scope;
  const outer = outerAccess(ts, access);
  const isWay = outer !== undefined && memberName(ts, outer) !== undefined;
  const isLookedAt = isOnlyTested(ts, access) || isCompared(ts, access) || isInstanceofTarget(ts, access);
  if (!isWay && !isLookedAt) scope.add({ role: "loading", node: access });
}

/** `const { constructor: Make } = dial`, `Reflect.get(dial, "constructor")` */
export function visitTakenConstructor(scope: Scope, name: ts.Expression, owner: ts.Node): void {
  const isThis = owner.kind === scope.ts.SyntaxKind.ThisKeyword;
  if (isThis) return;
  scope.add({
    role: "constructor",
    name,
    owner: scope.ts.isExpression(owner) ? ownerOf(scope.ts, owner) : owner,
  });
}
