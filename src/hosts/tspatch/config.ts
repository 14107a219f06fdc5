import { dirname } from "node:path";
import type ts from "typescript";
import {
  findConfig,
  modulesFrom,
  readEntry,
  type PluginConfig,
  type WrittenEntry,
} from "../../options/index.js";

/**
 * The options of a compilation: what the entry in tsconfig.json says and, where it says nothing, the configuration file
 * that is in force in its folder.
 *
 * @param entry the plugin's entry as it stands in tsconfig.json
 * @param folder the folder of tsconfig.json, which the modules are relative to
 * @throws OptionError that names the key where one is unknown or has a wrong value
 */
export function readConfig(entry: WrittenEntry, folder: string): PluginConfig {
  const { config, root } = findConfig(folder);
  const { any, modules } = config;
  return {
    ...(any ? { any } : {}),
    ...(modules ? { modules: modulesFrom(modules, root) } : {}),
    ...readEntry(entry, folder),
  };
}

/** The folder of a program's tsconfig.json. */
export function folderOf(program: ts.Program): string {
  const { configFilePath } = program.getCompilerOptions();
  return typeof configFilePath === "string" ? dirname(configFilePath) : program.getCurrentDirectory();
}
