import type { Candidate } from "../candidates/index.js";
import { identifyMember, type Knowledge } from "../identify.js";
import { isMethod, judge } from "./judge.js";
import { irrelevant, reported, type Decision } from "./verdict.js";

type ReplacedCandidate = Extract<Candidate, { role: "replaced" }>;

/** A function that is named to what can put another in its place: a spy, a mock, `Object.defineProperty`. */
export function decideReplaced(knowledge: Knowledge, { name, receiver }: ReplacedCandidate): Decision {
  const identity = identifyMember(knowledge, name, name.text, receiver);
  const verdict = judge(identity);
  if ("reason" in verdict) return irrelevant(name, verdict.reason);
  if ("finding" in verdict || isMethod(identity))
    return irrelevant(name, "no call of it is rewritten, so that a replacement is seen");
  if (verdict.becomes.includes(".") && identity.kind === "export")
    return irrelevant(name, "it is replaced in the runtime's module, where rewritten calls look");
  return { ...reported(name, "SOCKS1007"), object: name.text };
}
