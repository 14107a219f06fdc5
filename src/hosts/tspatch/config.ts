import type { DecideOptions } from "../../engine/index.js";
import { pluginOptions } from "../../options/options.js";
import { readOptions } from "../../options/read.js";

/** The plugin's entry in tsconfig.json. */
export interface PluginConfig extends DecideOptions {
  /** Where to write a report of everything that was done, as JSON; relative to the working directory. */
  readonly report?: string;
}

/** Keys that belong to ts-patch and ttypescript. */
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
]);

/**
 * @param entry the plugin's entry as it stands in tsconfig.json
 * @throws Error that names the key where one is unknown or has a wrong value
 */
export function readConfig(entry: Readonly<Record<string, unknown>>): PluginConfig {
  if (entry.after || entry.afterDeclarations || entry.transformProgram)
    throw new Error(
      "tsocksify/transformer must run before TypeScript's own transforms: remove after, afterDeclarations and transformProgram from its entry in tsconfig.json",
    );
  const own = Object.fromEntries(Object.entries(entry).filter(([key]) => !hostKeys.has(key)));
  return readOptions(own, pluginOptions, "tsocksify/transformer in tsconfig.json");
}
