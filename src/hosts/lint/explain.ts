import { byPlace, reportOf, type DecideOptions, type FilePlan, type TypeScript } from "../../engine/index.js";
import { findingKind } from "../../findings/index.js";
import type { Finds } from "../../project/find.js";
import type { Project } from "../../project/project.js";
import type { FindingCode } from "../../tables/schema.js";
import { analysed } from "./analyse.js";

/** What became of one call site, in words. */
export interface Explanation {
  readonly line: number;
  readonly column: number;
  readonly text: string;
  readonly verdict: "rewritten" | "reported" | "irrelevant";
  /** A sentence each. */
  readonly reasons: readonly string[];
}

/** What is known of a file's lines, and by which compiler. */
export interface FileExplanation {
  readonly project: Project | undefined;
  readonly callSites: readonly Explanation[];
  readonly problem: string | undefined;
}

/**
 * @param file absolute path
 * @param line from 1
 */
export function explain(finds: Finds, file: string, line: number, options: DecideOptions): FileExplanation {
  const project = finds.projects.find(({ files }) => files.includes(file));
  const problem = finds.problems.find((each) => each.file === file)?.message;
  if (!project) return { project, callSites: [], problem };
  const [explanation] = analysed({ ...project, files: [file] }, options, ({ ts, plans, problems }) => ({
    project,
    callSites: plans.flatMap((plan) => explanations(ts, plan)).filter((each) => each.line === line),
    problem: problems[0]?.message,
  }));
  return explanation ?? { project, callSites: [], problem };
}

function explanations(ts: TypeScript, plan: FilePlan): Explanation[] {
  const { rewrites, findings, irrelevant } = reportOf(ts, [plan], () => "");
  const all = [
    ...rewrites.map(({ from, to, does, ...at }) => ({
      ...at,
      text: from,
      verdict: "rewritten" as const,
      reasons: [`becomes ${to}`, ...(does ? [does] : [])],
    })),
    ...findings.map(({ code, message, ...at }) => ({
      ...at,
      text: message,
      verdict: "reported" as const,
      reasons: [`${code}: ${findingKind(code as FindingCode).why}`, findingKind(code as FindingCode).mend],
    })),
    ...irrelevant.map(({ reason, text, ...at }) => ({
      ...at,
      text,
      verdict: "irrelevant" as const,
      reasons: [reason],
    })),
  ];
  return all.toSorted(byPlace);
}
