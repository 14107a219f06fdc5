import type ts from "typescript";
import type { Candidate } from "../candidates/index.js";
import { globalNames, memberNames, moduleTable, treatment } from "../catalogue.js";
import type { DecideOptions } from "../decide.js";
import { identifyMember, maybeGlobal, type Knowledge } from "../identify.js";
import { isModuleGetter, loadsIn } from "../loading.js";
import { isJavaScript, patternSource } from "../syntax.js";
import type { Identity, TypeScript } from "../vocabulary.js";
import { isMethod, isStandIn, judge } from "./judge.js";
import { reportedUntyped } from "./untyped.js";
import { irrelevant, reported, type Decision } from "./verdict.js";

type DestructuredCandidate = Extract<Candidate, { role: "destructured" }>;

/** A function that is taken out of its object without being named: the place that takes it can't name an R-form. */
export function decideDestructured(
  knowledge: Knowledge,
  { name, key, pattern }: DestructuredCandidate,
  options: DecideOptions,
): Decision {
  if (isOfListedModule(knowledge.ts, pattern))
    return irrelevant(name, "taken out of a module, which is what gets replaced");
  const source = sourceOf(knowledge.ts, name, pattern);
  const identity = identifyMember(knowledge, name, key, source);
  // What types infer for JavaScript is not all that can be there.
  const isUnsound = identity.kind === "unknown" && isJavaScript(knowledge.file) && memberNames.has(key);
  const isUntyped =
    identity.kind === "any" ||
    isStandIn(identity) ||
    isUnsound ||
    isOfPattern(knowledge, identity, name, pattern);
  if (isUntyped || (identity.kind === "unknown" && isOfHandedGlobal(knowledge, key, pattern, source)))
    return options.any !== "ignore" && mayBeTaken(knowledge, name, key, pattern, source)
      ? reportedUntyped(name, identity)
      : irrelevant(name, "a method of an untyped value, without its receiver");
  const verdict = judge(identity);
  if ("reason" in verdict) return irrelevant(name, verdict.reason);
  if (identity.kind === "export" && !isMethod(identity)) {
    const { becomes, finding } = treatment(moduleTable(identity.module)!);
    if (becomes) return irrelevant(name, "taken out of a module, which is what gets replaced");
    if (finding) return irrelevant(name, "taken out of a module, which is reported");
    if (isModuleGetter(localName(knowledge.ts, name)))
      return irrelevant(name, "what it gives is followed like require");
  }
  return reported(name, "finding" in verdict ? verdict.finding : "SOCKS1008");
}

/** A method does nothing without a receiver; what the global object has needs none. */
function mayBeTaken(
  knowledge: Knowledge,
  name: ts.Expression,
  key: string,
  pattern: ts.Node,
  source: ts.Expression | undefined,
): boolean {
  return memberNames.has(key)
    ? getsReceiver(knowledge, name)
    : isOfHandedGlobal(knowledge, key, pattern, source);
}

/** `function open({ WebSocket }) { … } open(globalThis)` */
function isOfHandedGlobal(
  knowledge: Knowledge,
  key: string,
  { parent }: ts.Node,
  source: ts.Expression | undefined,
): boolean {
  const { ts, file, bindings } = knowledge;
  if (!globalNames.has(key)) return false;
  if (ts.isParameter(parent)) return bindings.handed.has(parent.getStart(file));
  return source !== undefined && maybeGlobal(knowledge, source);
}

/** `({ sock: { connect } } = line)`: the pattern itself is all that types say of it. */
function isOfPattern({ ts, file }: Knowledge, identity: Identity, name: ts.Node, pattern: ts.Node): boolean {
  // `Reflect.get({ connect: 1 }, "connect")`: a literal says all of it.
  if (ts.isCallExpression(name.parent)) return false;
  if (identity.kind !== "user" || identity.declaration.fileName !== file.fileName) return false;
  const { start } = identity.declaration;
  return pattern.getStart(file) < start && start < pattern.end;
}

/** `connect.call(sock, 80)`, `Reflect.apply(connect, sock, [80])`: without a receiver, a method does nothing. */
function getsReceiver({ ts, file }: Knowledge, name: ts.Expression): boolean {
  // `Reflect.get(sock, "connect")`
  if (ts.isCallExpression(name.parent)) return true;
  const escaped = localName(ts, name)?.replaceAll("$", "\\$");
  if (escaped === undefined) return false;
  return new RegExp(
    String.raw`(?<![\w$.])${escaped}\s*\.\s*(?:call|apply|bind)\b|Reflect\.apply\(\s*${escaped}\b`,
  ).test(file.text);
}

/** The name that a pattern gives to what it takes. */
function localName(ts: TypeScript, name: ts.Expression): string | undefined {
  const parent = ts.isComputedPropertyName(name.parent) ? name.parent.parent : name.parent;
  const local = ts.isBindingElement(parent)
    ? parent.name
    : ts.isPropertyAssignment(parent)
      ? parent.initializer
      : name;
  const target = ts.isBinaryExpression(local) ? local.left : local;
  return ts.isIdentifier(target) ? target.text : undefined;
}

/** What `name` is taken out of: by a pattern, or in `Reflect.get(sock, "connect")`. */
function sourceOf(ts: TypeScript, name: ts.Node, pattern: ts.Node): ts.Expression | undefined {
  return ts.isCallExpression(name.parent) ? (pattern as ts.Expression) : patternSource(ts, pattern);
}

/** `const { connect } = require("net")` */
function isOfListedModule(ts: TypeScript, pattern: ts.Node): boolean {
  const { parent } = pattern;
  if (!ts.isVariableDeclaration(parent) || !parent.initializer) return false;
  return loadsIn(ts, parent.initializer).some(({ specifier }) => moduleTable(specifier.text) !== undefined);
}
