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

/** What the engine planned for some files of a project. */
export interface Analysis {
  readonly ts: TypeScript;
  readonly plans: readonly FilePlan[];
  readonly problems: readonly Problem[];
  /** What the types come from: see {@link LoadedProject.inputs}. */
  inputs(): readonly string[];
}

/**
 * Plans the files of one project, portion by portion. What the plugin's entry in its tsconfig.json says goes before the
 * options, as it does where that project is compiled.
 *
 * @param use is given each analysis while the types are there, and must do nothing that can't be done again: a file may
 *   turn out to be nested too deeply after that. What it returns for each is returned
 */
export function analysed<T>(project: Project, options: DecideOptions, use: (analysis: Analysis) => T): T[] {
  const own = { ...options, ...entryOf(project) };
  return withoutTooDeep(project, (some, deep) => {
    const { ts, portions, inputs, close } = loadProject(some);
    let isSpoilt = true;
    try {
      const results = deep.length > 0 ? [use({ ts, plans: [], problems: deep, inputs })] : [];
      for (const { files, resolver, problems } of portions(own.modules ?? [])) {
        const plans = files.length > 0 ? planFiles(ts, files, resolver, own, project.looked) : [];
        results.push(use({ ts, plans, problems, inputs }));
      }
      isSpoilt = false;
      return results;
    } finally {
      close(isSpoilt);
    }
  });
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
