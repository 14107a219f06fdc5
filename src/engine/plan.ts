import type ts from "typescript";
import { localAddresses } from "../contract/local-address.js";
import { planBerkeley, type BerkeleyPlan } from "./berkeley/plan.js";
import { namesAnything, probes } from "./catalogue.js";
import { collectCandidates, type Candidate, type Collected } from "./candidates/index.js";
import { decide, type Decision, type DecideOptions } from "./decide.js";
import { suppressed } from "./suppression.js";
import { walking } from "./nesting.js";
import { Sources } from "./sources.js";
import { memberName, patternSource, rootIdentifier } from "./syntax.js";
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
 * @param looked absolute paths, with slashes, of all source files that are looked at with these
 * @returns a plan for each file, in the same order
 */
export function planFiles(
  ts: TypeScript,
  files: readonly ts.SourceFile[],
  resolver: Resolver,
  options: DecideOptions,
  looked: Iterable<string> = files.map(({ fileName }) => fileName),
): FilePlan[] {
  const sources = new Sources(looked);
  const berkeley = planBerkeley(ts, files, resolver, options.modules ?? []);
  const collected = withKeys(
    resolver,
    files.map((file) => walking(file, () => collectCandidates(ts, file))),
  );
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
      // Two members of one literal ask the same of it.
      const isNews = before && JSON.stringify(before) !== JSON.stringify(identity);
      answers.set(question.name, isNews ? { kind: "mixed", of: [before, identity] } : identity);
    }
    const { bindings, candidates } = collected[index]!;
    const subpath = (specifier: string): readonly string[] => resolver.subpath(file.fileName, specifier);
    const decisions = candidates
      .map((each) => decide({ ts, file, bindings, answers, sources, subpath }, each, options))
      .filter((decision) => decision !== undefined);
    const plan = { file, runtime: bindings.runtime, ...sort(ts, decisions) };
    const findings = [...plan.findings, ...localAddresses(ts, plan.rewrites)];
    return suppressed(ts, withBerkeley({ ...plan, findings }, berkeley.get(file)));
  });
}

/** Of the keys that are not known, those that are by their types, and what they may name of what matters. */
function withKeys(resolver: Resolver, collected: readonly Collected[]): readonly Collected[] {
  const open = collected.flatMap(({ candidates }) => candidates.filter(isUnknown));
  if (open.length === 0) return collected;
  const texts = resolver.textsOf(open.map(({ name }) => name));
  const narrowed = new Map(
    open.map((candidate, index) => [
      candidate as Candidate,
      { ...candidate, keys: texts[index]?.filter(namesAnything) },
    ]),
  );
  return collected.map(({ bindings, candidates }) => ({
    bindings,
    candidates: candidates
      .map((candidate) => narrowed.get(candidate) ?? candidate)
      .filter((candidate) => !isUnknown(candidate) || candidate.isGlobal || candidate.keys?.length !== 0),
  }));
}

function isUnknown(candidate: Candidate): candidate is Extract<Candidate, { role: "unknown" }> {
  return candidate.role === "unknown";
}

/** What a Berkeley module has to say of a name counts. */
function withBerkeley(plan: FilePlan, own: BerkeleyPlan | undefined): FilePlan {
  if (!own) return plan;
  const decided = new Set<ts.Node>([
    ...own.rewrites.map(({ name }) => name),
    ...own.findings.filter(({ isBeside }) => !isBeside).map(({ node }) => node),
    ...own.irrelevant.map(({ node }) => node),
  ]);
  const isOpen = ({ node }: { readonly node: ts.Node }): boolean => !decided.has(node);
  return {
    ...plan,
    rewrites: [...plan.rewrites.filter(({ name }) => !decided.has(name)), ...own.rewrites],
    findings: [...plan.findings.filter(isOpen), ...own.findings],
    irrelevant: [...plan.irrelevant.filter(isOpen), ...own.irrelevant],
  };
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
    case "evaluated":
    case "mocked":
    case "subpath":
      return [];
    case "unknown": {
      const { name, receiver, isGlobal, keys = probes } = candidate;
      const isBound = ts.isObjectBindingPattern(receiver);
      const from = isBound ? patternSource(ts, receiver) : receiver;
      const root = from && rootIdentifier(ts, from);
      const owner = isBound ? receiver : typed(ts, receiver);
      return [
        ...(isGlobal ? [] : keys.map((property) => ({ file, name, receiver: owner, property }))),
        ...(root ? [{ file, name: root }] : []),
      ];
    }
    case "constructor": {
      const { name, owner } = candidate;
      const receiver = ts.isExpression(owner) ? typed(ts, owner) : owner;
      return [{ file, name, receiver, property: functionMember }];
    }
    case "copied":
      return [{ file, name: candidate.name }];
    case "handed": {
      const { name, place, literal } = candidate;
      const expected = { file, property: "fetch", isExpected: true } as const;
      return [
        { file, name },
        { ...expected, name: place, receiver: name },
        ...(literal ? [{ ...expected, name: literal, receiver: literal }] : []),
      ];
    }
    case "loading": {
      const { method } = candidate;
      return method ? [{ file, name: memberName(ts, method)!, receiver: method.expression }] : [];
    }
    case "computed":
    case "member": {
      const { name, expression } = candidate;
      const own: Question = { file, name, receiver: present(ts, expression.expression) };
      const root = rootIdentifier(ts, expression);
      return [
        candidate.role === "member" ? own : { ...own, property: candidate.key },
        ...(root ? [{ file, name: root }] : []),
      ];
    }
    case "destructured": {
      const { name, key, pattern } = candidate;
      // A pattern that is an expression has a type of its own, with what it takes for properties.
      // `Reflect.get(sock, "connect")`
      const isGet = ts.isCallExpression(pattern.parent) && name.parent === pattern.parent;
      const from = isGet ? (pattern as ts.Expression) : patternSource(ts, pattern);
      const source = ts.isObjectLiteralExpression(pattern) ? from : undefined;
      const root = from && rootIdentifier(ts, from);
      return [
        { file, name, receiver: source ?? pattern, property: key },
        ...(root ? [{ file, name: root }] : []),
      ];
    }
    case "replaced": {
      const { name, receiver } = candidate;
      const root = rootIdentifier(ts, receiver);
      return [{ file, name, receiver, property: name.text }, ...(root ? [{ file, name: root }] : [])];
    }
    default:
      return [{ file, name: candidate.name }];
  }
}

/** What every function has, and hardly anything else. */
const functionMember = "bind";

/** `thing` of `thing!`: without a type, it has none with the mark either, whatever a checker makes of that. */
function present(ts: TypeScript, receiver: ts.Expression): ts.Expression {
  return ts.isNonNullExpression(receiver) ? present(ts, receiver.expression) : receiver;
}

/** `sock` of `(sock as any)[key]`: what it is is known all the same. */
function typed(ts: TypeScript, receiver: ts.Expression): ts.Expression {
  if (ts.isParenthesizedExpression(receiver)) return typed(ts, receiver.expression);
  const isAny = ts.isAsExpression(receiver) && receiver.type.kind === ts.SyntaxKind.AnyKeyword;
  return isAny ? typed(ts, receiver.expression) : receiver;
}

/** Several tallies as one. */
export function addTallies(tallies: readonly Tally[]): Tally {
  const sum = (of: keyof Tally): number => tallies.reduce((total, tally) => total + (tally[of] ?? 0), 0);
  const suppressed = sum("suppressed");
  return {
    callSites: sum("callSites"),
    rewritten: sum("rewritten"),
    reported: sum("reported"),
    irrelevant: sum("irrelevant"),
    ...(suppressed > 0 ? { suppressed } : {}),
  };
}

/** The sum of the plans: what was rewritten, reported and irrelevant adds up to the call sites. */
export function tallyOf(plans: readonly FilePlan[]): Tally {
  const count = (of: (plan: FilePlan) => readonly unknown[]): number =>
    plans.reduce((sum, plan) => sum + of(plan).length, 0);
  const rewritten = count(({ rewrites }) => rewrites);
  const reported = count(({ findings }) => findings.filter(({ isBeside }) => !isBeside));
  const irrelevant = count((plan) => plan.irrelevant);
  const suppressed = count(({ findings }) => findings.filter((finding) => finding.suppressed !== undefined));
  const callSites = rewritten + reported + irrelevant;
  return { callSites, rewritten, reported, irrelevant, ...(suppressed > 0 ? { suppressed } : {}) };
}
