import type ts from "typescript";
import type { Candidate } from "../candidates.js";
import { moduleTable } from "../catalogue.js";
import type { Knowledge } from "../identify.js";
import { loadsIn } from "../loading.js";
import type { TypeScript } from "../vocabulary.js";
import { isMethod, judge } from "./judge.js";
import { irrelevant, reported, type Decision } from "./verdict.js";

type DestructuredCandidate = Extract<Candidate, { role: "destructured" }>;

/** A function that is taken out of its object without being named: the place that takes it can't name an R-form. */
export function decideDestructured(knowledge: Knowledge, { name, pattern }: DestructuredCandidate): Decision {
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
  if (!ts.isVariableDeclaration(parent) || !parent.initializer) return false;
  return loadsIn(ts, parent.initializer).some(({ specifier }) => moduleTable(specifier.text) !== undefined);
}
