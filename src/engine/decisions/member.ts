import type ts from "typescript";
import type { RForm } from "../../tables/schema.js";
import type { Candidate } from "../candidates/index.js";
import { calledMembers, isRuntimeSpecifier, memberNames, moduleTable } from "../catalogue.js";
import type { DecideOptions } from "../decide.js";
import {
  identifyExpression,
  identifyMember,
  isGlobalThis,
  isRedirected,
  type Knowledge,
} from "../identify.js";
import { loadOf, onlyLoadsIn } from "../loading.js";
import {
  callOf,
  isCalled,
  isCompared,
  isFreeOfEffects,
  isJavaScript,
  isOnlyTested,
  isWritten,
  patternSource,
  rootIdentifier,
  rootOf,
  unwrapped,
  type MemberAccess,
} from "../syntax.js";
import type { Identity, TypeScript } from "../vocabulary.js";
import { decideFinding } from "./finding.js";
import { isMethod, isStandIn, judge, leavesOf, type Judgement } from "./judge.js";
import { decideReference, direct } from "./name.js";
import { decideUntyped, isDispatched } from "./untyped.js";
import { irrelevant, reported, rewritten, type Decision } from "./verdict.js";

type MemberCandidate = Extract<Candidate, { role: "member" }>;
type UnknownCandidate = Extract<Candidate, { role: "unknown" }>;
type ComputedCandidate = Extract<Candidate, { role: "computed" }>;

/** `receiver.name` */
export function decideMember(
  knowledge: Knowledge,
  { name, expression }: MemberCandidate,
  options: DecideOptions,
): Decision {
  const identity = identifyMember(knowledge, name, name.text, expression.expression);
  const settled = reasonSettled(knowledge, expression, identity);
  if (settled) return irrelevant(name, settled);
  if (identity.kind === "any" || isStandIn(identity) || isUnsound(knowledge, identity, expression))
    return decideUntyped(knowledge, name, name.text, expression, options, identity);
  return decideJudged(knowledge, name, expression, identity, judge(identity), (becomes) =>
    becomes === "Rdispatch" || (identity.kind === "export" && isInjected(knowledge, expression))
      ? rewritten("dispatch", expression, name, "Rdispatch")
      : decideReference(knowledge, expression, name, identity, becomes),
  );
}

/** `receiver[key]`, where the key is constant: the rewritten call asks at run time what it belongs to. */
export function decideComputed(
  knowledge: Knowledge,
  { name, expression, key }: ComputedCandidate,
  options: DecideOptions,
): Decision {
  const identity = identifyMember(knowledge, name, key, expression.expression);
  const settled = reasonSettled(knowledge, expression, identity);
  if (settled) return irrelevant(name, settled);
  if (identity.kind === "any" || isStandIn(identity))
    return decideUntyped(knowledge, name, key, expression, options, identity);
  return decideJudged(knowledge, name, expression, identity, judge(identity), (becomes) =>
    identity.kind === "global"
      ? decideReference(knowledge, expression, name, identity, becomes)
      : rewritten("dispatch", expression, name, "Rdispatch"),
  );
}

/**
 * `sock[key](…)`, `new globalThis[key](…)`, `Reflect.get(process, key)`: among much else, it may be what the tables list.
 * Most are none of ours, and have been asked for all the same: they are no candidates.
 */
export function decideUnknown(
  knowledge: Knowledge,
  candidate: UnknownCandidate,
  options: DecideOptions,
): Decision | undefined {
  const { name, receiver, expression, isGlobal, keys } = candidate;
  const { ts } = knowledge;
  const node = expression ? name : name.parent;
  const from = ts.isObjectBindingPattern(receiver) ? patternSource(ts, receiver) : receiver;
  const owner: Identity = from ? identifyExpression(knowledge, from) : { kind: "unknown" };
  if (isGlobal || isGlobalThis(owner)) {
    if (keys?.length === 0)
      return irrelevant(node, "no key that it may have by its type names anything that matters");
    if (owner.kind === "global") return { ...reported(node, "SOCKS1008"), certainty: "may" };
    return owner.kind === "export" ? reported(node, "SOCKS1014") : undefined;
  }
  const identity = knowledge.answers.get(name) ?? { kind: "unknown" };
  if (expression && reasonSettled(knowledge, expression, identity)) return undefined;
  const untyped = leavesOf(identity).find((each) => each.kind === "any" || isStandIn(each));
  if (untyped)
    return decideUnknownOfAny(knowledge, candidate, untyped.kind === "any" && untyped.isOpen, options);
  if ("reason" in judge(identity)) return undefined;
  const isRun = expression !== undefined && isCalled(ts, expression);
  return isRun ? reported(node, "SOCKS1008") : { ...reported(node, "SOCKS1008"), certainty: "may" };
}

/**
 * `thing[key](…)` of a value without a type. A dictionary, and an object of untyped JavaScript, is asked like that so often
 * that nobody could tell a socket among them, unless it is known what the key may be.
 */
function decideUnknownOfAny(
  { ts, file }: Knowledge,
  { name, expression, keys }: UnknownCandidate,
  isOpen: boolean | undefined,
  options: DecideOptions,
): Decision | undefined {
  if (!expression) return undefined;
  const isRun = isCalled(ts, expression);
  const isOurs = (key: string): boolean => memberNames.has(key) && (isRun || !calledMembers.has(key));
  if (keys ? !keys.some(isOurs) : !isRun) return undefined;
  if (options.any === "dispatch" && isRun) return rewritten("dispatch", expression, name, "Rdispatch");
  if (options.any === "ignore")
    return irrelevant(name, "its receiver's type is any, which the configuration ignores");
  const isTold = keys !== undefined || (!isOpen && !isJavaScript(file));
  return isTold
    ? reported(name, "SOCKS1004")
    : irrelevant(name, "a member by a key that isn't known, of a value without a type");
}

/** What the tables say is carried out; `otherwise` is for what is no method but an export. */
function decideJudged(
  knowledge: Knowledge,
  name: ts.Node,
  expression: MemberAccess,
  identity: Identity,
  verdict: Judgement,
  otherwise: (becomes: RForm) => Decision,
): Decision {
  if ("reason" in verdict) return irrelevant(name, verdict.reason);
  if (identity.kind === "mixed" && isOnlyTested(knowledge.ts, expression))
    return irrelevant(name, "only looked at");
  if ("finding" in verdict) return decideFinding(knowledge, name, identity, expression, verdict.finding);
  return isMethod(identity)
    ? decideMethod(knowledge, name, expression, verdict.becomes)
    : otherwise(verdict.becomes);
}

/** Why nothing is left to do: the receiver is the runtime's already, or comes from what is redirected. */
function reasonSettled(
  knowledge: Knowledge,
  expression: MemberAccess,
  identity: Identity,
): string | undefined {
  const { ts, bindings } = knowledge;
  const root = rootOf(ts, expression);
  const name = ts.isIdentifier(root) ? root : undefined;
  const loads = name ? [] : onlyLoadsIn(ts, root).map(({ specifier }) => specifier.text);
  const isOurs = name ? bindings.runtime.has(name.text) : isEvery(loads, isRuntimeSpecifier);
  if (isOurs || isDispatched(knowledge, expression.expression)) return "already an R-form";
  // A load alone is replaced together with the member that is taken of it.
  const isRedirect = name
    ? isRedirected(knowledge, name)
    : !loadOf(ts, root) && isEvery(loads, (text) => moduleTable(text)?.redirect !== undefined);
  return isRedirect && !isMethod(identity) ? "the require that it comes from is redirected" : undefined;
}

function isEvery<T>(items: readonly T[], predicate: (item: T) => boolean): boolean {
  return items.length > 0 && items.every(predicate);
}

function decideMethod({ ts }: Knowledge, name: ts.Node, expression: MemberAccess, becomes: RForm): Decision {
  if (isWritten(ts, expression)) return irrelevant(name, "an override is assigned; the R-form calls it");
  if (isOnlyTested(ts, expression) || isCompared(ts, expression)) return irrelevant(name, "only looked at");
  const isSuper = expression.expression.kind === ts.SyntaxKind.SuperKeyword;
  const isChain = (expression.flags & ts.NodeFlags.OptionalChain) !== 0;
  const call = callOf(ts, expression);
  // `(sock?.connect)!(80)` has left the chain: what stands between stays.
  if (isChain) return rewritten("of", call?.expression === expression ? call : expression, name, becomes);
  if (call) return rewritten(isSuper ? "super" : "method", call, name, becomes);
  return isSuper || isPrototype(ts, expression.expression)
    ? rewritten("reference", direct(ts, expression), name, becomes)
    : rewritten("of", expression, name, becomes);
}

/** `net.Socket.prototype`, which no instance's override is asked of. */
function isPrototype(ts: TypeScript, receiver: ts.Expression): boolean {
  const inner = unwrapped(ts, receiver);
  return (
    ts.isPropertyAccessExpression(inner) &&
    inner.name.text === "prototype" &&
    isFreeOfEffects(ts, inner.expression)
  );
}

/** What types infer for JavaScript is not what can be there: a method that is called is there, whatever they say. */
function isUnsound({ ts, file }: Knowledge, { kind }: Identity, expression: MemberAccess): boolean {
  return kind === "unknown" && isJavaScript(file) && isCalled(ts, expression);
}

/** `library.connect(80)` where `library` is a value of the type `typeof net`: a module, or what stands in for it. */
function isInjected(knowledge: Knowledge, expression: MemberAccess): boolean {
  const { ts, bindings } = knowledge;
  const root = rootIdentifier(ts, expression);
  if ((root && bindings.imported.has(root.text)) || isWritten(ts, expression)) return false;
  const { kind } = identifyExpression(knowledge, expression.expression);
  return kind !== "export" && kind !== "global";
}
