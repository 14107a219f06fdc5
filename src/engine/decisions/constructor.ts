import type { Candidate } from "../candidates/index.js";
import type { Knowledge } from "../identify.js";
import { leavesOf } from "./judge.js";
import { reported, type Decision } from "./verdict.js";

type ConstructorCandidate = Extract<Candidate, { role: "constructor" }>;

/** The types of the language that functions and classes have their members of. */
const functionTypes: ReadonlySet<string> = new Set(["Function", "CallableFunction", "NewableFunction"]);

/** `setTimeout.constructor`, which is Function, or a kind of it. Most owners are no functions: they are no candidates. */
export function decideConstructor(
  { answers }: Knowledge,
  { name }: ConstructorCandidate,
): Decision | undefined {
  const leaves = leavesOf(answers.get(name) ?? { kind: "unknown" });
  const isOfFunction = leaves.some((each) => each.kind === "global" && functionTypes.has(each.path[0]!));
  return isOfFunction ? reported(name, "SOCKS1012") : undefined;
}
