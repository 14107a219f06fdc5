import { existsSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Command } from "commander";
import { findConfig, modulesFrom, readConfigFile, type FoundConfig } from "../options/index.js";
import type { Finds } from "../project/find.js";
import { namer } from "../project/slashes.js";
import { InputError } from "../project/input-error.js";
import type { Selection } from "../project/selection.js";

/** What the options say that all commands which look at source files have. */
export interface SelectionFlags {
  readonly project?: readonly string[];
  readonly config?: string;
  readonly any?: string;
}

export interface Selected extends FoundConfig {
  readonly selection: Selection;
}

/** Collects an option that may be given more than once. */
export function repeated(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

export function addSelection(command: Command): Command {
  return command
    .argument("[paths...]", "files, folders or patterns; default: the projects, or else everything here")
    .option("-p, --project <tsconfig>", "a tsconfig.json or its folder; may be repeated", repeated)
    .option("--config <file>", "the configuration file; default: the nearest tsocksify.config.*");
}

/**
 * @throws InputError, OptionError
 */
export function select(paths: readonly string[], flags: SelectionFlags): Selected {
  const cwd = process.cwd();
  const found = flags.config === undefined ? findConfig(cwd) : configAt(flags.config, cwd);
  const { root } = found;
  const modules = modulesFrom(found.config.modules ?? [], root);
  const config = { ...found.config, modules };
  const own = flags.project?.map((path) => resolve(cwd, path));
  // Projects of the configuration are for when nothing is named.
  const configured = paths.length === 0 ? config.projects?.map((path) => resolve(root, path)) : undefined;
  const tsconfigs = own ?? configured ?? [];
  const exclude = config.exclude ?? [];
  return { ...found, config, selection: { cwd, paths, tsconfigs, exclude, root, modules } };
}

/**
 * That nothing was found must not look like nothing is wrong. Who names files knows which.
 *
 * @throws InputError where there is no file to look at
 */
export function refuseNothing({ sources }: Finds, { paths }: Selection, flags: SelectionFlags): void {
  const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true;
  if (sources.length > 0 || (paths.length > 0 && paths.every(isFile))) return;
  const places = [...paths, ...(flags.project ?? [])];
  throw new InputError(
    places.length > 0
      ? `there is no source file to look at in ${places.join(", ")}`
      : "there is no source file to look at here; the option exclude and .gitignore leave files out",
  );
}

/** Says on standard error which files were passed over: their names are a source file's, and their bytes are no text. */
export function tellBinary({ binary }: Finds, cwd: string): void {
  if (binary.length === 0) return;
  const [nameOf, count] = [namer(cwd), binary.length];
  const files = count === 1 ? "a binary file" : `${count} binary files`;
  process.stderr.write(`Passed over ${files}: ${binary.map(nameOf).join(", ")}.\n`);
}

function configAt(file: string, cwd: string): FoundConfig {
  const path = resolve(cwd, file);
  if (!existsSync(path)) throw new InputError(`no such configuration file: ${file}`);
  if (statSync(path).isDirectory()) throw new InputError(`--config ${file}: a file is expected`);
  return { ...readConfigFile(path, cwd), path, root: dirname(path) };
}
