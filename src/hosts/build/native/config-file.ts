import { existsSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

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
  const at = args.findIndex((arg) => /^--?(?:p|project)$/i.test(arg));
  return at < 0 ? nearestConfig(directory) : configAt(directory, args[at + 1] ?? ".");
}

/** The folder of a tsconfig.json, or the folder itself. */
export function folderAt(path: string): string {
  return path.endsWith(".json") ? dirname(path) : path;
}
