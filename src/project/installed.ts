import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

export interface InstalledPackage {
  /** Absolute path. */
  readonly folder: string;
  readonly version: string;
}

/** @returns the folder of the package that code in `from` would get, undefined where there is none */
export function packageFolder(name: string, from: string): string | undefined {
  try {
    return dirname(createRequire(join(from, "any.js")).resolve(`${name}/package.json`));
  } catch {
    return undefined;
  }
}

/** @returns the package that code in `from` would get, undefined where there is none */
export function installed(name: string, from: string): InstalledPackage | undefined {
  const folder = packageFolder(name, from);
  if (folder === undefined) return undefined;
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { version: string };
  return { folder, version };
}
