import type ts from "typescript";
import type { FindingCode, ModuleTable, RForm } from "../tables/schema.js";
import type { Candidate } from "./candidates.js";
import { isInert, lookUp, moduleTable, treatment } from "./catalogue.js";
import { excuse } from "./excuses.js";
import { bindingOf, identifyMember, identifyName, type Knowledge } from "./identify.js";
import {
  callOf,
  isFreeOfEffects,
  isInstanceofTarget,
  isWritten,
  requireSpecifier,
  rootIdentifier,
} from "./syntax.js";
import type { Finding, Identity, Irrelevant, Rewrite, ShapeName, TypeScript } from "./vocabulary.js";

/** What becomes of one candidate: exactly one of the three. */
export type Decision =
  | ({ readonly verdict: "rewritten" } & Rewrite)
  | ({ readonly verdict: "reported" } & Finding)
  | ({ readonly verdict: "irrelevant" } & Irrelevant);

export interface DecideOptions {
  /** What to do with a method of a value whose type is `any` or `unknown`. Default: `warn`. */
  readonly any?: "warn" | "ignore";
}

type NameCandidate = Extract<Candidate, { role: "name" | "shorthand" | "alias" }>;
type MemberCandidate = Extract<Candidate, { role: "member" }>;
type DestructuredCandidate = Extract<Candidate, { role: "destructured" }>;
type ModuleCandidate = Extract<Candidate, { role: "module" }>;

export function decide(knowledge: Knowledge, candidate: Candidate, options: DecideOptions): Decision {
  switch (candidate.role) {
    case "module":
      return decideModule(candidate);
    case "member":
      return decideMember(knowledge, candidate, options);
    case "destructured":
      return decideDestructured(knowledge, candidate);
    default:
      return decideName(knowledge, candidate);
  }
}

function decideName(knowledge: Knowledge, candidate: NameCandidate): Decision {
  const { name } = candidate;
  const identity = identifyName(knowledge, name);
  const verdict = judge(identity);
  if ("reason" in verdict) return irrelevant(name, verdict.reason);
  if ("finding" in verdict) {
    const expression = candidate.role === "name" ? candidate.expression : undefined;
    return reportedUnless(excuse(knowledge.ts, lookUp(identity), expression), name, verdict.finding);
  }
  if (candidate.role === "shorthand") return rewritten("shorthand", candidate.node, name, verdict.becomes);
  if (candidate.role === "name")
    return decideReference(knowledge, candidate.expression, name, identity, verdict.becomes);
  // `export { connect }`: the name itself is what others see, so its import is what must change.
  const binding = bindingOf(knowledge, name);
  const redirect = binding && moduleTable(binding.module)?.redirect;
  return redirect ? rewritten("specifier", binding.specifier, name, redirect) : reported(name, "SOCKS1008");
}

function decideMember(knowledge: Knowledge, candidate: MemberCandidate, options: DecideOptions): Decision {
  const { name, expression } = candidate;
  const { ts, bindings } = knowledge;
  const root = rootIdentifier(ts, expression);
  if (root && bindings.runtime.has(root.text)) return irrelevant(name, "already an R-form");
  const identity = identifyMember(knowledge, name, expression.expression);
  const isOfReassigned = root !== undefined && bindings.reassigned.has(root.text);
  if (isOfReassigned && !isMethod(identity))
    return irrelevant(name, "the require that it comes from is redirected");
  if (identity.kind === "any")
    return options.any === "ignore"
      ? irrelevant(name, "its receiver's type is any, which the configuration ignores")
      : reported(name, "SOCKS1004");
  const verdict = judge(identity);
  if ("reason" in verdict) return irrelevant(name, verdict.reason);
  if ("finding" in verdict)
    return reportedUnless(excuse(ts, lookUp(identity), expression), name, verdict.finding);
  return isMethod(identity)
    ? decideMethod(knowledge, candidate, verdict.becomes)
    : decideReference(knowledge, expression, name, identity, verdict.becomes);
}

/** An export or a global, as a value. */
function decideReference(
  { ts }: Knowledge,
  expression: ts.Expression,
  name: ts.Node,
  identity: Identity,
  becomes: RForm,
): Decision {
  const row = lookUp(identity);
  if (row && "at" in row && row.at === "construct" && isInstanceofTarget(ts, expression))
    return irrelevant(name, "instanceof: every socket of the R-form is one of the original's");
  // A member of an R-namespace can be assigned to like the member of a module that it replaces; an import can't.
  if (isWritten(ts, expression) && !becomes.includes(".")) return reported(name, "SOCKS1007");
  return rewritten("reference", expression, name, becomes);
}

function decideMethod({ ts }: Knowledge, { name, expression }: MemberCandidate, becomes: RForm): Decision {
  if (isWritten(ts, expression)) return irrelevant(name, "an override is assigned; the R-form calls it");
  const isSuper = expression.expression.kind === ts.SyntaxKind.SuperKeyword;
  const isChain = (expression.flags & ts.NodeFlags.OptionalChain) !== 0;
  const call = callOf(ts, expression);
  if (isChain) return rewritten("optional", call ?? expression, name, becomes);
  if (call) return rewritten(isSuper ? "super" : "method", call, name, becomes);
  const shape: ShapeName = isFreeOfEffects(ts, expression.expression) ? "reference" : "detached";
  return rewritten(shape, expression, name, becomes);
}

function decideDestructured(knowledge: Knowledge, { name, pattern }: DestructuredCandidate): Decision {
  if (isOfListedModule(knowledge.ts, pattern))
    return irrelevant(name, "taken out of a module, which is what gets replaced");
  const identity = knowledge.answers.get(name) ?? { kind: "unknown" };
  if (identity.kind === "any") return irrelevant(name, "a method of an untyped value, without its receiver");
  const verdict = judge(identity);
  if ("reason" in verdict) return irrelevant(name, verdict.reason);
  if (identity.kind === "export" && !isMethod(identity))
    return irrelevant(name, "taken out of a module, which is what gets replaced");
  return reported(name, "finding" in verdict ? verdict.finding : "SOCKS1008");
}

/** `const { connect } = require("net")` */
function isOfListedModule(ts: TypeScript, pattern: ts.Node): boolean {
  const { parent } = pattern;
  const specifier =
    ts.isVariableDeclaration(parent) && parent.initializer && requireSpecifier(ts, parent.initializer);
  return !!specifier && moduleTable(specifier.text) !== undefined;
}

function decideModule({ specifier, names }: ModuleCandidate): Decision {
  const table = moduleTable(specifier.text)!;
  if (names?.every((name) => isInert(table, name)))
    return irrelevant(specifier, "takes only exports that open nothing");
  if (table.redirect) return rewritten("specifier", specifier, specifier, table.redirect);
  const code = moduleFinding(table, names);
  return code ? reported(specifier, code) : irrelevant(specifier, "what matters in it is too rare in it");
}

function moduleFinding(table: ModuleTable, names: readonly string[] = []): FindingCode | undefined {
  const rows = names.map((name) => lookUp({ kind: "export", module: table.module, path: [name] }));
  return rows.map((row) => row && treatment(row).finding).find(Boolean) ?? table.finding;
}

type Judgement =
  { readonly becomes: RForm } | { readonly finding: FindingCode } | { readonly reason: string };

/** What the tables say of an identity. */
function judge(identity: Identity): Judgement {
  switch (identity.kind) {
    case "mixed":
      return judgeMixed(identity.of.map(judge));
    case "user":
      return { reason: `declared by the program${identity.label && ` as ${identity.label}`}` };
    case "any":
    case "unknown":
      return { reason: "no socket function of that name on the receiver's type" };
  }
  const entry = lookUp(identity);
  const { becomes, finding } = entry ? treatment(entry) : {};
  if (becomes) return { becomes };
  if (finding) return { finding };
  const where =
    identity.kind === "export" ? `${[identity.module, ...identity.path].join(".")}` : identity.path.join(".");
  return { reason: `${where} opens nothing` };
}

/** A member of a union is rewritten only where every constituent would be, and in the same way. */
function judgeMixed(judgements: readonly Judgement[]): Judgement {
  const [first] = judgements;
  if (judgements.every((each) => "reason" in each)) return first!;
  const forms = new Set(judgements.map((each) => ("becomes" in each ? each.becomes : undefined)));
  const [form] = forms;
  return forms.size === 1 && form ? { becomes: form } : { finding: "SOCKS1005" };
}

/** A member of a class, as opposed to an export. */
function isMethod(identity: Identity): boolean {
  if (identity.kind === "mixed") return identity.of.some(isMethod);
  return identity.kind === "export" && identity.path.length > 1;
}

function rewritten(shape: ShapeName, node: ts.Node, name: ts.Node, to: Rewrite["to"]): Decision {
  return { verdict: "rewritten", shape, node, name, to };
}

function reported(node: ts.Node, code: FindingCode): Decision {
  return { verdict: "reported", node, code };
}

function reportedUnless(reason: string | undefined, node: ts.Node, code: FindingCode): Decision {
  return reason === undefined ? reported(node, code) : irrelevant(node, reason);
}

function irrelevant(node: ts.Node, reason: string): Decision {
  return { verdict: "irrelevant", node, reason };
}
