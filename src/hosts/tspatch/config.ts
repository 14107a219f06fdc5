import { dirname } from "node:path";
import type ts from "typescript";
import type { DecideOptions } from "../../engine/index.js";
import { modulesFrom } from "../../options/modules.js";
import { pluginOptions } from "../../options/options.js";
import { readOptions } from "../../options/read.js";

/** The plugin's entry in tsconfig.json. */
export interface PluginConfig extends DecideOptions {
  /** Where to write a report of everything that was done, as JSON; relative to the working directory. */
  readonly report?: string;
}

/** Keys that belong to ts-patch and ttypescript, and to the language server. */
const hostKeys = new Set([
  "transform",
  "name",
  "import",
  "type",
  "isEsm",
  "after",
  "afterDeclarations",
  "transformProgram",
  "resolvePathAliases",
  "tsConfig",
  "global",
]);

/**
 * @param entry the plugin's entry as it stands in tsconfig.json
 * @param folder the folder of tsconfig.json, which the modules are relative to
 * @throws Error that names the key where one is unknown or has a wrong value
 */
export function readConfig(entry: Readonly<Record<string, unknown>>, folder: string): PluginConfig {
  if (entry.after || entry.afterDeclarations || entry.transformProgram)
    throw new Error(
      "tsocksify/transformer must run before TypeScript's own transforms: remove after, afterDeclarations and transformProgram from its entry in tsconfig.json",
    );
  const own = Object.fromEntries(Object.entries(entry).filter(([key]) => !hostKeys.has(key)));
  const options: PluginConfig = readOptions(own, pluginOptions, "tsocksify/transformer in tsconfig.json");
  return options.modules ? { ...options, modules: modulesFrom(options.modules, folder) } : options;
}

/** The folder of a program's tsconfig.json. */
export function folderOf(program: ts.Program): string {
  const { configFilePath } = program.getCompilerOptions();
  return typeof configFilePath === "string" ? dirname(configFilePath) : program.getCurrentDirectory();
}
