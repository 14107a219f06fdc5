import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The plugin's entry in a tsconfig.json, in a line that is no comment. */
const ENTRY = /^(?!\s*\/\/).*"transform"\s*:\s*"(?:[^"]*[\\/])?tsocksify[\\/]transformer"/m;

/**
 * Why a program that was meant to be SOCKSified is not: a tsconfig.json above it names the plugin, and its TypeScript is
 * 7.0 or later, which has no plugins and passes over them without a word. Only the program itself can tell then.
 *
 * @param at the line that connected: "file:line:column"
 * @returns undefined where that is not the reason, or nothing is known of how it was compiled
 */
export function ignoredPlugin(at: string): string | undefined {
  const file = at.replace(/:\d+:\d+$/, "");
  const path = file.startsWith("file:") ? fileURLToPath(file) : file;
  // A package was compiled elsewhere.
  if (/[\\/]node_modules[\\/]/.test(path)) return undefined;
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const tsconfig = join(folder, "tsconfig.json");
    const version = namesPlugin(tsconfig) ? typescriptFor(tsconfig) : undefined;
    if (version !== undefined && Number.parseInt(version, 10) >= 7)
      return `${tsconfig} names the plugin tsocksify/transformer, but TypeScript ${version} ignores plugins: what its tsc compiles is not SOCKSified. Compile with \`tsocksify build\`.`;
    if (dirname(folder) === folder) return undefined;
  }
}

function namesPlugin(tsconfig: string): boolean {
  try {
    return existsSync(tsconfig) && ENTRY.test(readFileSync(tsconfig, "utf8"));
  } catch {
    return false;
  }
}

function typescriptFor(tsconfig: string): string | undefined {
  try {
    return (createRequire(tsconfig)("typescript/package.json") as { version?: string }).version;
  } catch {
    return undefined;
  }
}
