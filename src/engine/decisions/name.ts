import type ts from "typescript";
import type { RForm } from "../../tables/schema.js";
import type { Binding } from "../bindings.js";
import type { Candidate } from "../candidates/index.js";
import { lookUp, moduleTable } from "../catalogue.js";
import { bindingOf, identifyName, type Knowledge } from "../identify.js";
import {
  isInstanceofTarget,
  isLogical,
  isOnlyTested,
  isWritten,
  rootIdentifier,
  wrapped,
} from "../syntax.js";
import type { Identity, TypeScript } from "../vocabulary.js";
import { decideFinding } from "./finding.js";
import { judge } from "./judge.js";
import { irrelevant, reported, rewritten, type Decision } from "./verdict.js";

type NameCandidate = Extract<Candidate, { role: "name" | "shorthand" | "alias" }>;

/** A name of its own: `dial(…)`, `{ connect }`, `export { connect }`. */
export function decideName(knowledge: Knowledge, candidate: NameCandidate): Decision {
  const { name } = candidate;
  const identity = identifyName(knowledge, name);
  const verdict = judge(identity);
  if ("reason" in verdict) return irrelevant(name, verdict.reason);
  if ("finding" in verdict) {
    const expression = candidate.role === "name" ? candidate.expression : undefined;
    return decideFinding(knowledge, name, identity, expression, verdict.finding);
  }
  const binding = bindingOf(knowledge, name);
  if (binding?.isInterop) return replaceAtSource(binding, name);
  if (candidate.role === "shorthand") return rewritten("shorthand", candidate.node, name, verdict.becomes);
  if (candidate.role === "name")
    return decideReference(knowledge, candidate.expression, name, identity, verdict.becomes);
  // `export { connect }`: the name itself is what others see, so its import is what must change.
  return binding ? replaceAtSource(binding, name) : reported(name, "SOCKS1008");
}

function replaceAtSource({ module, specifier, getter }: Binding, name: ts.Node): Decision {
  const { redirect, namespace } = moduleTable(module) ?? {};
  if (getter && namespace) return rewritten("reference", getter, name, namespace);
  return redirect ? rewritten("specifier", specifier, name, redirect) : reported(name, "SOCKS1008");
}

/** An export or a global, as a value. */
export function decideReference(
  { ts }: Knowledge,
  expression: ts.Expression,
  name: ts.Node,
  identity: Identity,
  becomes: RForm,
): Decision {
  if (isOnlyTested(ts, expression)) return irrelevant(name, "only looked at");
  const row = lookUp(identity);
  if (row && "at" in row && row.at === "construct" && isInstanceofTarget(ts, expression))
    return irrelevant(name, "instanceof: every socket of the R-form is one of the original's");
  if (identity.kind === "global" && row && "optional" in row && isPreferred(ts, expression))
    return rewritten("detected", expression, name, becomes);
  if (isWritten(ts, expression) && isOwnExport(ts, expression))
    return irrelevant(name, "the file's own export is assigned");
  // A member of an R-namespace can be assigned to like the member of a module that it replaces; an import can't.
  if (isWritten(ts, expression) && !becomes.includes(".")) return reported(name, "SOCKS1007");
  return rewritten("reference", becomes.includes(".") ? expression : direct(ts, expression), name, becomes);
}

/** `exports.connect = net.connect`, `module.exports.connect = …` */
function isOwnExport(ts: TypeScript, expression: ts.Expression): boolean {
  return ["exports", "module"].includes(rootIdentifier(ts, expression)?.text ?? "");
}

/** `WebSocket ?? other`, `WebSocket || other`: not every Node has every class, and the R-form is there on all of them. */
function isPreferred(ts: TypeScript, expression: ts.Expression): boolean {
  const outer = wrapped(ts, expression);
  const { parent } = outer;
  if (!ts.isBinaryExpression(parent) || parent.left !== outer) return false;
  return isLogical(ts, parent) && parent.operatorToken.kind !== ts.SyntaxKind.AmpersandAmpersandToken;
}

/**
 * `(0, net.connect)`, which calls without a receiver. TypeScript allows that comma before a member only: with an
 * R-form, which needs none, the whole is replaced.
 */
export function direct(ts: TypeScript, expression: ts.Expression): ts.Expression {
  const { parent } = expression;
  const isIndirect =
    ts.isBinaryExpression(parent) &&
    parent.operatorToken.kind === ts.SyntaxKind.CommaToken &&
    parent.right === expression &&
    ts.isNumericLiteral(parent.left) &&
    ts.isParenthesizedExpression(parent.parent);
  return isIndirect ? (parent.parent as ts.ParenthesizedExpression) : expression;
}
