import type { Candidate } from "./candidates/index.js";
import { decideConstructor } from "./decisions/constructor.js";
import { decideCopied, decideHanded } from "./decisions/handed.js";
import { decideReplaced } from "./decisions/replaced.js";
import { decideDestructured } from "./decisions/destructured.js";
import { decideComputed, decideMember, decideUnknown } from "./decisions/member.js";
import { decideModule } from "./decisions/module.js";
import { decideName } from "./decisions/name.js";
import { decideSubpath } from "./decisions/subpath.js";
import { judge } from "./decisions/judge.js";
import { irrelevant, reported, type Decision } from "./decisions/verdict.js";
import type { Knowledge } from "./identify.js";
import { memberName } from "./syntax.js";

export type { Decision };

export interface DecideOptions {
  /**
   * What to do with a method of a value whose type is `any` or `unknown`, or one that a socket fits: rewrite it to ask
   * at run time what the value is, report it, or leave it alone. Default: `warn`.
   */
  readonly any?: "dispatch" | "warn" | "ignore";
  /**
   * Modules whose `connect bind listen accept getsockname select rcmd` are renamed and whose `SOCK_DGRAM` is an error:
   * names of packages, and absolute paths of files, with slashes.
   */
  readonly modules?: readonly string[];
}

/** What becomes of one candidate; undefined where it turns out that it was none. */
export function decide(
  knowledge: Knowledge,
  candidate: Candidate,
  options: DecideOptions,
): Decision | undefined {
  switch (candidate.role) {
    case "module":
      return decideModule(candidate);
    case "loading": {
      const { node, method } = candidate;
      const identity = method && knowledge.answers.get(memberName(knowledge.ts, method)!);
      const reason = identity?.kind === "user" ? judge(identity) : undefined;
      return reason && "reason" in reason ? irrelevant(node, reason.reason) : reported(node, "SOCKS1014");
    }
    case "member":
      return decideMember(knowledge, candidate, options);
    case "evaluated":
      return reported(candidate.node, "SOCKS1012");
    case "constructor":
      return decideConstructor(knowledge, candidate);
    case "unknown":
      return decideUnknown(knowledge, candidate, options);
    case "subpath":
      return decideSubpath(knowledge, candidate);
    case "handed":
      return decideHanded(knowledge, candidate);
    case "copied":
      return decideCopied(knowledge, candidate);
    case "mocked":
      return { ...reported(candidate.name, "SOCKS1007"), object: candidate.name.text };
    case "computed":
      return decideComputed(knowledge, candidate, options);
    case "destructured":
      return decideDestructured(knowledge, candidate, options);
    case "replaced":
      return decideReplaced(knowledge, candidate);
    default:
      return decideName(knowledge, candidate);
  }
}
