import type ts from "typescript";
import type { RForm } from "../../tables/schema.js";
import type { Candidate } from "../candidates/index.js";
import { isRuntimeSpecifier, moduleTable } from "../catalogue.js";
import type { DecideOptions } from "../decide.js";
import { identifyExpression, identifyMember, isRedirected, type Knowledge } from "../identify.js";
import { loadOf, onlyLoadsIn } from "../loading.js";
import {
  callOf,
  isCalled,
  isFreeOfEffects,
  isOnlyTested,
  isWritten,
  rootIdentifier,
  rootOf,
  type MemberAccess,
} from "../syntax.js";
import type { Identity, ShapeName } from "../vocabulary.js";
import { decideFinding } from "./finding.js";
import { isMethod, judge, type Judgement } from "./judge.js";
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
  if (identity.kind === "any" || isUnsound(knowledge, identity, expression))
    return decideUntyped(knowledge, name, name.text, expression, options);
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
  if (identity.kind === "any") return decideUntyped(knowledge, name, key, expression, options);
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
  { name, receiver, expression, isGlobal, keys }: UnknownCandidate,
): Decision | undefined {
  const { ts } = knowledge;
  const node = expression ? name : name.parent;
  const owner = identifyExpression(knowledge, receiver);
  const isOwner = owner.kind === "global" && owner.path.length === 1 && owner.path[0] === "globalThis";
  if (isGlobal || isOwner) {
    if (keys?.length === 0)
      return irrelevant(node, "no key that it may have by its type names anything that matters");
    if (owner.kind === "global") return { ...reported(node, "SOCKS1008"), certainty: "may" };
    return owner.kind === "export" ? reported(node, "SOCKS1014") : undefined;
  }
  const identity = knowledge.answers.get(name) ?? { kind: "unknown" };
  if (expression && reasonSettled(knowledge, expression, identity)) return undefined;
  if ("reason" in judge(identity)) return undefined;
  const isRun = expression !== undefined && isCalled(ts, expression);
  return isRun ? reported(node, "SOCKS1008") : { ...reported(node, "SOCKS1008"), certainty: "may" };
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
  if (isOnlyTested(ts, expression)) return irrelevant(name, "only looked at");
  const isSuper = expression.expression.kind === ts.SyntaxKind.SuperKeyword;
  const isChain = (expression.flags & ts.NodeFlags.OptionalChain) !== 0;
  const call = callOf(ts, expression);
  // `(sock?.connect)!(80)` has left the chain: what stands between stays.
  if (isChain)
    return rewritten("optional", call?.expression === expression ? call : expression, name, becomes);
  if (call) return rewritten(isSuper ? "super" : "method", call, name, becomes);
  const shape: ShapeName = isFreeOfEffects(ts, expression.expression) ? "reference" : "detached";
  return rewritten(shape, shape === "reference" ? direct(ts, expression) : expression, name, becomes);
}

/** What types infer for JavaScript is not what can be there: a method that is called is there, whatever they say. */
function isUnsound({ ts, file }: Knowledge, { kind }: Identity, expression: MemberAccess): boolean {
  return kind === "unknown" && /\.[cm]?jsx?$/.test(file.fileName) && isCalled(ts, expression);
}

/** `library.connect(80)` where `library` is a value of the type `typeof net`: a module, or what stands in for it. */
function isInjected(knowledge: Knowledge, expression: MemberAccess): boolean {
  const { ts, bindings } = knowledge;
  const root = rootIdentifier(ts, expression);
  if ((root && bindings.imported.has(root.text)) || isWritten(ts, expression)) return false;
  const { kind } = identifyExpression(knowledge, expression.expression);
  return kind !== "export" && kind !== "global";
}
