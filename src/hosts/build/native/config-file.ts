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
