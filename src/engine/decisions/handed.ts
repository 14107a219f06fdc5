import type { Candidate } from "../candidates/index.js";
import { identifyExpression, isGlobalThis, type Knowledge } from "../identify.js";
import { judge } from "./judge.js";
import { irrelevant, reported, type Decision } from "./verdict.js";

type CopiedCandidate = Extract<Candidate, { role: "copied" }>;
type HandedCandidate = Extract<Candidate, { role: "handed" }>;

/** `load(globalThis)`: under its own type it is followed; under another, nothing tells what is taken out of it. */
export function decideHanded(
  { ts, answers }: Knowledge,
  { name, place, literal }: HandedCandidate,
): Decision | undefined {
  // `const self = this; handle(self)`
  if (answers.get(name)?.kind === "user") return undefined;
  const own = answers.get(place) ?? { kind: "unknown" };
  const isUnknown = own.kind === "unknown";
  const whole = isUnknown ? literal && answers.get(literal) : own;
  const isHidden = whole?.kind === "any" || (!isUnknown && "reason" in judge(own));
  if (isHidden) return { ...reported(name, "SOCKS1008"), certainty: "may" };
  // `[globalThis]`, `{ scope: globalThis }`: it keeps its type, which tells.
  if (!ts.isCallExpression(place) && !ts.isNewExpression(place)) return undefined;
  return irrelevant(
    name,
    isUnknown ? "handed to what knows nothing of its members" : "handed on under its own type",
  );
}

/** `{ ...globalThis }` */
export function decideCopied(knowledge: Knowledge, { name }: CopiedCandidate): Decision | undefined {
  return isGlobalThis(identifyExpression(knowledge, name))
    ? { ...reported(name, "SOCKS1008"), certainty: "may" }
    : undefined;
}
