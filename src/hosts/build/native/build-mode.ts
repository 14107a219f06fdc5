import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { parse } from "jsonc-parser";
import { isOff, isTold } from "./command-line.js";
import { configAt } from "./config-file.js";

/** `tsc -b`: projects, and everything else to be handed to the build of each. */
export interface BuildMode {
  readonly projects: readonly string[];
  readonly rest: readonly string[];
  readonly stopOnErrors: boolean;
  readonly isVerbose: boolean;
  readonly isForced: boolean;
  readonly isDry: boolean;
  /** Nothing is compiled, and nothing told that depends on what was: `--clean`, `--help`. */
  readonly isIdle: boolean;
}

const own = {
  idle: /^(?:clean|help|h|\?|all|version)$/i,
  stopOnErrors: /^stopBuildOnErrors$/i,
  verbose: /^(?:verbose|v)$/i,
  forced: /^(?:force|f)$/i,
  dry: /^(?:dry|d)$/i,
  other: /^(?:b|build|w|watch)$/i,
} as const;

/** What `-b` takes besides; anything else the compiler has to refuse. */
const known =
  /^--?(?:locale|quiet|q|listFiles|listEmittedFiles|pretty|incremental|i|declaration|declarationMap|emitDeclarationOnly|sourceMap|inlineSourceMap|noCheck|noEmit|assumeChangesOnlyAffectDirectDependencies|preserveWatchOutput|builders|checkers|singleThreaded)$/i;

/** What another argument follows in any case. */
const valued = /^(?:locale|generateTrace|generateCpuProfile|pprofDir|builders|checkers)$/i;

function nameOf(arg: string): string | undefined {
  return /^--?(.+)$/.exec(arg)?.[1];
}

function kindOf(name: string | undefined): keyof typeof own | undefined {
  return (Object.keys(own) as (keyof typeof own)[]).find(
    (each) => name !== undefined && own[each].test(name),
  );
}

/** @returns undefined where the command line is not one of `tsc -b`, which has to begin with it */
export function buildModeOf(args: readonly string[]): BuildMode | undefined {
  if (!/^--?(?:b|build)$/i.test(args[0] ?? "")) return undefined;
  const projects: string[] = [];
  const rest: string[] = [];
  const given = new Set<keyof typeof own>();
  args.forEach((arg, index) => {
    const name = nameOf(arg);
    const before = nameOf(args[index - 1] ?? "") ?? "";
    if (valued.test(before)) rest.push(arg);
    else if (name === undefined && before && isTold(arg)) {
      if (!kindOf(before)) rest.push(arg);
    } else {
      const kind = kindOf(name);
      if (kind && isOff(args[index + 1])) given.delete(kind);
      else if (kind) given.add(kind);
      else (name === undefined ? projects : rest).push(arg);
    }
  });
  return {
    projects: projects.length > 0 ? projects : ["."],
    rest,
    stopOnErrors: given.has("stopOnErrors"),
    isVerbose: given.has("verbose"),
    isForced: given.has("forced"),
    isDry: given.has("dry"),
    isIdle: given.has("idle"),
  };
}

/** Whether the compiler has to be asked what it makes of the options. */
export function isUnknown({ rest }: BuildMode): boolean {
  return rest.some(
    (arg, index) =>
      arg.startsWith("-") && (!known.test(arg) || (valued.test(nameOf(arg)!) && index === rest.length - 1)),
  );
}

/** What a project references, by absolute paths: as it is written, which may be a folder, and its tsconfig.json. */
interface Reference {
  readonly path: string;
  readonly config: string;
}

export interface OrderedProject {
  /** Absolute path of its tsconfig.json. */
  readonly config: string;
  readonly references: readonly Reference[];
}

/**
 * The tsconfig.json files of projects and of all that they reference, each after what it needs.
 *
 * @returns undefined where they reference each other in a circle, or name a file that does not exist
 */
export function inOrder(projects: readonly string[], directory: string): OrderedProject[] | undefined {
  const done = new Map<string, OrderedProject>();
  const doing = new Set<string>();
  const visit = (config: string): boolean => {
    if (done.has(config)) return true;
    if (doing.has(config) || !existsSync(config)) return false;
    doing.add(config);
    const references = referencesOf(config);
    const isFine = references.every((each) => visit(each.config));
    doing.delete(config);
    done.set(config, { config, references });
    return isFine;
  };
  return projects.every((project) => visit(configAt(directory, project))) ? [...done.values()] : undefined;
}

function referencesOf(config: string): Reference[] {
  const { references } = (parse(readFileSync(config, "utf8")) ?? {}) as { references?: unknown };
  if (!Array.isArray(references)) return [];
  return (references as { path?: unknown }[])
    .filter(({ path }) => typeof path === "string")
    .map(({ path }) => resolve(dirname(config), path as string))
    .map((path) => ({ path, config: configAt(dirname(config), path) }));
}
