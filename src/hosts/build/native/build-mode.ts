import { existsSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { parse } from "jsonc-parser";
import { configAt } from "./config-file.js";

/** `tsc -b`: projects, and everything else to be handed to the build of each. */
export interface BuildMode {
  readonly projects: readonly string[];
  readonly rest: readonly string[];
  readonly stopOnErrors: boolean;
  /** Nothing is compiled: `--clean`, `--dry`, `--help`. */
  readonly isIdle: boolean;
}

const idle = /^--?(?:clean|dry|d|help|h|\?|version)$/i;
const ownFlag = /^--?(?:b|build|verbose|v|force|f|stopBuildOnErrors|w|watch)$/i;

/** @returns undefined where the command line is not one of `tsc -b`, which has to begin with it */
export function buildModeOf(args: readonly string[]): BuildMode | undefined {
  if (!/^--?(?:b|build)$/i.test(args[0] ?? "")) return undefined;
  const projects: string[] = [];
  const rest: string[] = [];
  let stopOnErrors = false;
  let isIdle = false;
  args.slice(1).forEach((arg) => {
    if (idle.test(arg)) isIdle = true;
    if (/^--?stopBuildOnErrors$/i.test(arg)) stopOnErrors = true;
    if (ownFlag.test(arg)) return;
    const follows = rest.at(-1)?.startsWith("-") && /^(?:true|false)$/.test(arg);
    (arg.startsWith("-") || follows ? rest : projects).push(arg);
  });
  return { projects: projects.length > 0 ? projects : ["."], rest, stopOnErrors, isIdle };
}

/**
 * The tsconfig.json files of projects and of all that they reference, each after what it needs.
 *
 * @returns undefined where they reference each other in a circle, or name a file that does not exist
 */
export function inOrder(projects: readonly string[], directory: string): string[] | undefined {
  const done = new Set<string>();
  const doing = new Set<string>();
  const visit = (config: string): boolean => {
    if (done.has(config)) return true;
    if (doing.has(config) || !existsSync(config)) return false;
    doing.add(config);
    const isFine = referencesOf(config).every(visit);
    doing.delete(config);
    done.add(config);
    return isFine;
  };
  return projects.every((project) => visit(configAt(directory, project))) ? [...done] : undefined;
}

function referencesOf(config: string): string[] {
  const { references } = (parse(readFileSync(config, "utf8")) ?? {}) as { references?: unknown };
  if (!Array.isArray(references)) return [];
  return (references as { path?: unknown }[])
    .filter(({ path }) => typeof path === "string")
    .map(({ path }) => configAt(dirname(config), path as string));
}
