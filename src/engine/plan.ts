import type ts from "typescript";
import { collectCandidates, type Candidate } from "./candidates.js";
import { decide, type Decision, type DecideOptions } from "./decide.js";
import { rootIdentifier } from "./syntax.js";
import type {
  FilePlan,
  Finding,
  Identity,
  Irrelevant,
  Question,
  Resolver,
  Rewrite,
  Tally,
  TypeScript,
} from "./vocabulary.js";

/**
 * Decides what becomes of every candidate of the given files, with one batch of questions to the resolver.
 *
 * @param files the files that the prefilter let through, with parents set
 * @returns a plan for each file, in the same order
 */
export function planFiles(
  ts: TypeScript,
  files: readonly ts.SourceFile[],
  resolver: Resolver,
  options: DecideOptions,
): FilePlan[] {
  const collected = files.map((file) => collectCandidates(ts, file));
  const questions = collected.map(({ bindings, candidates }, index) => [
    ...[...bindings.redirected.values()].flat().map((name): Question => ({ file: files[index]!, name })),
    ...candidates.flatMap((candidate) => questionsOf(ts, files[index]!, candidate)),
  ]);
  const identities = resolver.resolve(questions.flat());
  let next = 0;
  return files.map((file, index) => {
    const answers = new Map<ts.Node, Identity>();
    for (const question of questions[index]!) {
      const identity = identities[next++]!;
      const before = question.property === undefined ? undefined : answers.get(question.name);
      answers.set(question.name, before ? { kind: "mixed", of: [before, identity] } : identity);
    }
    const { bindings, candidates } = collected[index]!;
    const decisions = candidates
      .map((each) => decide({ ts, file, bindings, answers }, each, options))
      .filter((decision) => decision !== undefined);
    return { file, runtime: bindings.runtime, ...sort(ts, decisions) };
  });
}

function sort(ts: TypeScript, decisions: readonly Decision[]): Omit<FilePlan, "file" | "runtime"> {
  const rewrites: Rewrite[] = [];
  const findings: Finding[] = [];
  const irrelevant: Irrelevant[] = [];
  for (const decision of decisions) {
    if (decision.verdict === "rewritten") rewrites.push(decision);
    else if (decision.verdict === "reported") findings.push(decision);
    else irrelevant.push(decision);
  }
  return { rewrites: withoutNested(ts, rewrites), findings, irrelevant };
}

/** What stands inside an expression that is replaced as a whole is part of that call site, not one of its own. */
function withoutNested(ts: TypeScript, rewrites: readonly Rewrite[]): Rewrite[] {
  const replaced = new Set(rewrites.filter(({ shape }) => shape === "reference").map(({ node }) => node));
  const isInside = (node: ts.Node): boolean => {
    for (let outer = node.parent; outer && !ts.isSourceFile(outer); outer = outer.parent)
      if (replaced.has(outer)) return true;
    return false;
  };
  return rewrites.filter(({ node }) => !isInside(node));
}

/** What has to be known of a candidate: its own name and, of a member, the root that it is reached from. */
function questionsOf(ts: TypeScript, file: ts.SourceFile, candidate: Candidate): Question[] {
  switch (candidate.role) {
    case "module":
    case "loading":
      return [];
    case "computed": {
      const { name, expression, keys } = candidate;
      const own = keys.map((property) => ({ file, name, receiver: expression.expression, property }));
      const root = rootIdentifier(ts, expression);
      return root ? [...own, { file, name: root }] : own;
    }
    case "member": {
      const { name, expression } = candidate;
      const root = rootIdentifier(ts, expression);
      const own: Question = { file, name, receiver: expression.expression };
      return root ? [own, { file, name: root }] : [own];
    }
    case "destructured":
      return [{ file, name: candidate.name, receiver: candidate.pattern, property: candidate.name.text }];
    default:
      return [{ file, name: candidate.name }];
  }
}

/** The sum of the plans: what was rewritten, reported and irrelevant adds up to the call sites. */
export function tallyOf(plans: readonly FilePlan[]): Tally {
  const count = (of: (plan: FilePlan) => readonly unknown[]): number =>
    plans.reduce((sum, plan) => sum + of(plan).length, 0);
  const rewritten = count(({ rewrites }) => rewrites);
  const reported = count(({ findings }) => findings);
  const irrelevant = count((plan) => plan.irrelevant);
  return { callSites: rewritten + reported + irrelevant, rewritten, reported, irrelevant };
}
