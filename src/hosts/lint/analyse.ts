import { dirname } from "node:path";
import {
  addTallies,
  byPlace,
  planFiles,
  type DecideOptions,
  type FilePlan,
  type Report,
  type TypeScript,
} from "../../engine/index.js";
import { pluginEntry, readEntry } from "../../options/index.js";
import { loadProject } from "../../project/load.js";
import type { Problem, Project } from "../../project/project.js";
import { withoutTooDeep } from "../../project/too-deep.js";

/** What the engine planned for the files of one project. */
export interface Analysis {
  readonly ts: TypeScript;
  readonly plans: readonly FilePlan[];
  readonly problems: readonly Problem[];
  /** What the types come from: see {@link LoadedProject.inputs}. */
  inputs(): readonly string[];
}

/**
 * Plans the files of one project. What the plugin's entry in its tsconfig.json says goes before the options, as it does
 * where that project is compiled.
 *
 * @param use is given the analysis while the project's types are there; what it returns is returned
 */
export function withAnalysis<T>(project: Project, options: DecideOptions, use: (analysis: Analysis) => T): T {
  const { analysis, close } = withoutTooDeep(project, (some, deep) => {
    const { ts, files, resolver, problems, inputs, close } = loadProject(some);
    try {
      const own = { ...options, ...entryOf(project) };
      const plans = files.length > 0 ? planFiles(ts, files, resolver, own, project.looked) : [];
      return { analysis: { ts, plans, problems: [...problems, ...deep], inputs }, close };
    } catch (error) {
      close();
      throw error;
    }
  });
  try {
    return use(analysis);
  } finally {
    close();
  }
}

function entryOf({ tsconfig, options }: Project): DecideOptions {
  const entry = tsconfig === undefined ? undefined : pluginEntry(options.plugins);
  return entry ? readEntry(entry, dirname(tsconfig!)) : {};
}

/** Several reports as one. */
export function merged(reports: readonly Report[]): Report {
  return {
    version: 1,
    tally: addTallies(reports.map(({ tally }) => tally)),
    rewrites: reports.flatMap(({ rewrites }) => rewrites).toSorted(byPlace),
    findings: reports.flatMap(({ findings }) => findings).toSorted(byPlace),
    irrelevant: reports.flatMap(({ irrelevant }) => irrelevant).toSorted(byPlace),
  };
}
