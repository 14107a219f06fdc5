import { readFileSync } from "node:fs";
import type { Dependency } from "../../deps/index.js";
import { byPlace, fixEdits, reportOf, type DecideOptions, type ReportedFinding } from "../../engine/index.js";
import { changesOf } from "../codemod/change.js";
import type { Finds } from "../../project/find.js";
import { namer } from "../../project/slashes.js";
import { merged, analysed } from "./analyse.js";
import { ignoredPlugins } from "./ignored-plugin.js";
import type { LintReport, LintRun } from "./run.js";

export interface LintOptions extends DecideOptions {
  /** Absolute path; names in the report are relative to it. */
  readonly cwd: string;
  /** Absolute path of the folder that fingerprints name files relative to. */
  readonly root: string;
  /** Whether the safe edits of findings are wanted. */
  readonly fix?: boolean;
  /** Is told what is being looked at, before it takes its time. */
  readonly onProject?: (name: string, index: number, count: number) => void;
}

/** Looks at every call site of the given projects and writes nothing. */
export function lint({ projects, tsconfigs, problems, sources }: Finds, options: LintOptions): LintRun {
  const nameOf = namer(options.cwd);
  const identityOf = namer(options.root);
  const parts = projects.flatMap((project, index) => {
    options.onProject?.(nameOf(project.tsconfig ?? project.files[0]!), index, projects.length);
    return analysed(project, options, ({ ts, plans, problems }) => ({
      report: reportOf(ts, plans, nameOf, identityOf),
      problems,
      fixes: options.fix ? changesOf(plans, (plan) => fixEdits(ts, plan), nameOf) : [],
      texts: plans.flatMap(({ file, findings }) =>
        findings.length > 0 ? [[nameOf(file.fileName), file.text] as const] : [],
      ),
    }));
  });
  const broken = [...problems, ...parts.flatMap((part) => part.problems)];
  const texts = new Map(parts.flatMap((part) => part.texts));
  const ignored = ignoredPlugins(tsconfigs, nameOf, identityOf);
  for (const { file } of ignored) texts.set(file, readFileSync(`${options.cwd}/${file}`, "utf8"));
  const report = merged(parts.map((part) => part.report));
  return {
    report: {
      ...report,
      findings: [...ignored, ...report.findings].toSorted(byPlace),
      problems: broken.map((problem) => ({ ...problem, file: nameOf(problem.file) })).toSorted(byPlace),
    },
    texts,
    fileCount: sources.length,
    projectCount: projects.length,
    fixes: parts.flatMap((part) => part.fixes),
  };
}

/**
 * The report with what the packages that the project reaches do by themselves.
 *
 * @param findings of those packages
 */
export function withDependencies(
  run: LintRun,
  dependencies: readonly Dependency[],
  findings: readonly ReportedFinding[],
  cwd: string,
): LintRun {
  const nameOf = namer(cwd);
  const report: LintReport = {
    ...run.report,
    findings: [...run.report.findings, ...findings].toSorted(byPlace),
    dependencies: dependencies.map((each) => ({
      ...each,
      arrival: { ...each.arrival, file: nameOf(each.arrival.file) },
    })),
  };
  return { ...run, report };
}

export { counted, type LintRun } from "./run.js";
