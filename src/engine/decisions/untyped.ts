import type ts from "typescript";
import { calledMembers, globalNames, memberNames } from "../catalogue.js";
import type { DecideOptions } from "../decide.js";
import { maybeGlobal, type Knowledge } from "../identify.js";
import {
  isCalled,
  isCompared,
  isNew,
  isOnlyTested,
  isWritten,
  rootIdentifier,
  unwrapped,
  type MemberAccess,
} from "../syntax.js";
import type { Identity } from "../vocabulary.js";
import { irrelevant, reported, rewritten, type Decision } from "./verdict.js";

/**
 * A method of a value whose type is `any` or `unknown`, or one that a socket fits: the option `any` decides.
 *
 * @param text the method's name, which `name` says or is a constant for
 */
export function decideUntyped(
  knowledge: Knowledge,
  name: ts.Node,
  text: string,
  expression: MemberAccess,
  options: DecideOptions,
  identity: Identity,
): Decision {
  const { ts } = knowledge;
  const isGlobal = globalNames.has(text) && maybeGlobal(knowledge, expression.expression);
  // `self.fetch`, where `self` is the program's own.
  if (!memberNames.has(text) && !isGlobal)
    return irrelevant(name, "a property of an untyped value, not the global");
  if (isWritten(ts, expression)) return irrelevant(name, "a property of an untyped value is assigned");
  if (isOnlyTested(ts, expression) || isCompared(ts, expression)) return irrelevant(name, "only looked at");
  const called = isCalled(ts, expression) || isNew(ts, expression);
  if (!called && calledMembers.has(text))
    return irrelevant(name, "a property of an untyped value, not called");
  if (options.any === "ignore")
    return irrelevant(name, "its receiver's type is any, which the configuration ignores");
  return options.any === "dispatch" && isCalled(ts, expression)
    ? rewritten("dispatch", expression, name, "Rdispatch")
    : reportedUntyped(name, identity);
}

/** Says of a type that a socket fits which one that is. */
export function reportedUntyped(node: ts.Node, identity: Identity): Decision {
  const finding = reported(node, "SOCKS1004");
  if (identity.kind !== "user" || !identity.isStandIn) return finding;
  return { ...finding, object: identity.label.split(".").slice(0, -1).join(".") };
}

/** `Rdispatch(x)` */
export function isDispatched({ ts, bindings }: Knowledge, receiver: ts.Expression): boolean {
  const call = unwrapped(ts, receiver);
  if (!ts.isCallExpression(call)) return false;
  const callee = unwrapped(ts, call.expression);
  const name = ts.isPropertyAccessExpression(callee) ? callee.name : callee;
  const root = rootIdentifier(ts, callee);
  if (!root || !ts.isIdentifier(name)) return false;
  const imported = bindings.runtime.get(root.text);
  return imported === "Rdispatch" || (imported === "*" && name.text === "Rdispatch");
}
