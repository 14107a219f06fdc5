import { existsSync } from "node:fs";
import { dirname, isAbsolute } from "node:path";
import type { Finds } from "./find.js";
import { loadProject } from "./load.js";
import { manifestAbove } from "./manifest.js";
import { isDeclaration, isSource } from "./walk.js";

/**
 * All that what is said of a selection depends on: its files and those that their types come from, tsconfig.json files
 * with what they extend, and the package.json files that say which kind of module a file is.
 *
 * @param more what the command itself has read; what isn't there is left out
 * @returns absolute paths, each once
 */
export function inputsOf(finds: Finds, more: readonly string[]): string[] {
  const files = new Set([...finds.inputs, ...finds.projects.flatMap(typesOf), ...more]);
  const modules = [...files].filter((file) => isSource(file) || isDeclaration(file));
  const manifests = [...new Set(modules.map((file) => dirname(file)))].map(manifestAbove);
  const all = [...files, ...manifests].filter((path) => path !== undefined);
  return [...new Set(all)].filter((path) => existsSync(path));
}

function typesOf(project: Finds["projects"][number]): string[] {
  const { inputs, close } = loadProject(project);
  try {
    // Some compilers have their library files in memory.
    return inputs().filter(isAbsolute);
  } finally {
    close();
  }
}
