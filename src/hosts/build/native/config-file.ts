import { existsSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { parse, type ParseError } from "jsonc-parser";
import { project, valueOf } from "./command-line.js";

/** @param path a tsconfig.json, or the folder that it is in, as `-p` takes it */
export function configAt(directory: string, path: string): string {
  const target = resolve(directory, path);
  return existsSync(target) && statSync(target).isDirectory() ? join(target, "tsconfig.json") : target;
}

/** The tsconfig.json that `tsc` finds from a folder. */
export function nearestConfig(directory: string): string | undefined {
  for (let folder = directory; ; folder = dirname(folder)) {
    const path = join(folder, "tsconfig.json");
    if (existsSync(path)) return path;
    if (dirname(folder) === folder) return undefined;
  }
}

/** The tsconfig.json of a command line; undefined where it names files instead. */
export function configOf(args: readonly string[], directory: string): string | undefined {
  const given = valueOf(args, project);
  return given === undefined ? nearestConfig(directory) : configAt(directory, given);
}

/** The folder of a tsconfig.json, or the folder itself. */
export function folderAt(path: string): string {
  return path.endsWith(".json") ? dirname(path) : path;
}

/** A tsconfig.json and all that it extends, which may be in packages: absolute paths, each before what it goes before. */
export function withExtended(config: string, known: ReadonlySet<string> = new Set()): string[] {
  if (known.has(config) || !existsSync(config)) return [];
  const { extends: base } = (parse(readFileSync(config, "utf8")) ?? {}) as { extends?: unknown };
  const bases = [base].flat().filter((each) => typeof each === "string");
  const seen = new Set([...known, config]);
  return [config, ...bases.toReversed().flatMap((each) => withExtended(baseOf(config, each) ?? "", seen))];
}

/** Whether there is something in it that is no JSON with comments. */
export function isBroken(config: string): boolean {
  const errors: ParseError[] = [];
  parse(readFileSync(config, "utf8"), errors, { allowTrailingComma: true, allowEmptyContent: true });
  return errors.length > 0;
}

function baseOf(config: string, name: string): string | undefined {
  if (isAbsolute(name) || name.startsWith(".")) {
    const path = resolve(dirname(config), name);
    return existsSync(path) ? path : `${path}.json`;
  }
  const require = createRequire(config);
  for (const each of [name, `${name}.json`, `${name}/tsconfig.json`])
    try {
      return require.resolve(each);
    } catch {
      continue;
    }
  return undefined;
}
