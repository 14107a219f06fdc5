import { addTallies, sourceEdits, tallyOf, type DecideOptions, type Tally } from "../../engine/index.js";
import type { Finds } from "../../project/find.js";
import { InputError } from "../../project/input-error.js";
import { analysed } from "../lint/analyse.js";
import { namer } from "../../project/slashes.js";
import { changesOf, type Change } from "./change.js";

export interface CodemodOptions extends DecideOptions {
  /** Absolute path; names are relative to it. */
  readonly cwd: string;
  /** Is told what is being looked at, before it takes its time. */
  readonly onProject?: (name: string, index: number, count: number) => void;
}

export interface Codemod {
  /** By name. */
  readonly changes: readonly Change[];
  readonly tally: Tally;
}

/**
 * The source as it would be SOCKSified. Writes nothing.
 *
 * @throws InputError where a file can't be looked at or written back: then nothing is to be changed at all
 */
export function codemod({ projects, problems }: Finds, options: CodemodOptions): Codemod {
  const nameOf = namer(options.cwd);
  const parts = projects.flatMap((project, index) => {
    options.onProject?.(nameOf(project.tsconfig ?? project.files[0]!), index, projects.length);
    return analysed(project, options, ({ ts, plans, problems }) => ({
      problems,
      tally: tallyOf(plans),
      changes: changesOf(plans, (plan) => sourceEdits(ts, plan), nameOf),
    }));
  });
  const broken = [...problems, ...parts.flatMap((part) => part.problems)];
  const changes = parts.flatMap((part) => part.changes);
  const [first] = broken;
  if (first) {
    const place = first.line === undefined ? "" : `:${first.line}:${first.column}`;
    const more = broken.length > 1 ? ` (and ${broken.length - 1} more)` : "";
    throw new InputError(`${nameOf(first.file)}${place}: ${first.message}${more}; nothing was changed`);
  }
  return {
    changes: changes.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    tally: addTallies(parts.map((part) => part.tally)),
  };
}
