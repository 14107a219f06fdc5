import type { DecideOptions } from "../../engine/index.js";

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

const keys: { readonly [Key in keyof PluginConfig]-?: (value: unknown) => boolean } = {
  any: (value) => value === "warn" || value === "ignore",
  report: (value) => typeof value === "string" && value !== "",
};

/**
 * @param entry the plugin's entry as it stands in tsconfig.json
 * @throws Error that names the key where one is unknown or has a wrong value
 */
export function readConfig(entry: Readonly<Record<string, unknown>>): PluginConfig {
  if (entry.after || entry.afterDeclarations || entry.transformProgram)
    throw new Error(
      "tsocksify/transformer must run before TypeScript's own transforms: remove after, afterDeclarations and transformProgram from its entry in tsconfig.json",
    );
  for (const [key, value] of Object.entries(entry)) {
    if (hostKeys.has(key)) continue;
    const isValid = Object.hasOwn(keys, key) ? keys[key as keyof PluginConfig] : undefined;
    if (!isValid)
      throw new Error(
        `tsocksify/transformer: unknown option '${key}' in tsconfig.json; there are ${Object.keys(keys).join(", ")}`,
      );
    if (!isValid(value))
      throw new Error(
        `tsocksify/transformer: option '${key}' in tsconfig.json can't be ${JSON.stringify(value)}`,
      );
  }
  return entry as PluginConfig;
}
