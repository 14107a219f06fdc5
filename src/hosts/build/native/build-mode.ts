import { existsSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { parse } from "jsonc-parser";
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

/** @returns undefined where the command line is not one of `tsc -b`, which has to begin with it */
export function buildModeOf(args: readonly string[]): BuildMode | undefined {
  if (!/^--?(?:b|build)$/i.test(args[0] ?? "")) return undefined;
  const projects: string[] = [];
  const rest: string[] = [];
  const given = new Set<keyof typeof own>();
  for (const arg of args) {
    const name = /^--?(.+)$/.exec(arg)?.[1];
    const kind = (Object.keys(own) as (keyof typeof own)[]).find((each) => name && own[each].test(name));
    if (kind) given.add(kind);
    else {
      const follows = rest.at(-1)?.startsWith("-") && /^(?:true|false|\d+)$/.test(arg);
      (name || follows ? rest : projects).push(arg);
    }
  }
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
  return rest.some((arg) => arg.startsWith("-") && !known.test(arg));
}

/** A project, and those that it references: absolute paths of their tsconfig.json files. */
export interface OrderedProject {
  readonly config: string;
  readonly references: readonly string[];
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
    const isFine = references.every(visit);
    doing.delete(config);
    done.set(config, { config, references });
    return isFine;
  };
  return projects.every((project) => visit(configAt(directory, project))) ? [...done.values()] : undefined;
}

function referencesOf(config: string): string[] {
  const { references } = (parse(readFileSync(config, "utf8")) ?? {}) as { references?: unknown };
  if (!Array.isArray(references)) return [];
  return (references as { path?: unknown }[])
    .filter(({ path }) => typeof path === "string")
    .map(({ path }) => configAt(dirname(config), path as string));
}
