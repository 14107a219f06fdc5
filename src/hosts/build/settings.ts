import { pluginEntry, type PluginConfig } from "../../options/index.js";
import { readConfig } from "../tspatch/config.js";

/**
 * The options of a project: those of the plugin's entry in its tsconfig.json, if it has one. TypeScript 7 ignores
 * that entry; this program doesn't.
 *
 * @param plugins `compilerOptions.plugins`
 * @param folder the folder of tsconfig.json
 * @throws Error naming an option that is unknown or has a wrong value
 */
export function settingsOf(plugins: unknown, folder: string): PluginConfig {
  return readConfig(pluginEntry(plugins) ?? {}, folder);
}
