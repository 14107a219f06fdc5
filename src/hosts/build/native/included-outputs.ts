import { existsSync, readdirSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import type { Outline } from "./native-build.js";

/**
 * Whether `include` may take in what an earlier build has written. TypeScript leaves out the folders that it writes to
 * where a tsconfig.json has no `exclude`: those of the command line, if that names others.
 *
 * @param home the folder of the tsconfig.json
 * @param folder a folder that is written to
 */
export function mayIncludeOutputs(
  { include = ["."], exclude, options }: Outline,
  home: string,
  folder: string,
): boolean {
  if (
    exclude !== undefined ||
    !include.some((pattern) => mayReach(resolve(home, fixedPart(pattern)), folder))
  )
    return false;
  const { allowJs, checkJs } = options;
  const source = (allowJs ?? checkJs) ? /\.[cm]?[jt]sx?$/ : /\.[cm]?tsx?$/;
  return (
    existsSync(folder) &&
    readdirSync(folder, { recursive: true, encoding: "utf8" }).some((name) => source.test(name))
  );
}

/** What a pattern has before its first wildcard. */
function fixedPart(pattern: string): string {
  const parts = pattern.split("/");
  const wild = parts.findIndex((part) => /[*?]/.test(part));
  return join(...parts.slice(0, wild < 0 ? undefined : wild), ".");
}

function mayReach(base: string, folder: string): boolean {
  return [relative(base, folder), relative(folder, base)].some((path) => !/^\.\.(?:[\\/]|$)/.test(path));
}
