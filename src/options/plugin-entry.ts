import type { DecideOptions } from "../engine/index.js";
import { modulesFrom } from "./modules.js";
import { pluginOptions } from "./options.js";
import { OptionError, readOptions } from "./read.js";

/** The plugin's entry in tsconfig.json. */
export interface PluginConfig extends DecideOptions {
  /** Where to write a report of everything that was done, as JSON; relative to the working directory. */
  readonly report?: string;
}

/** An entry as it stands in tsconfig.json. */
export type WrittenEntry = Readonly<Record<string, unknown>>;

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
 * Our entry among the plugins of a tsconfig.json, if it has one.
 *
 * @param plugins `compilerOptions.plugins`
 */
export function pluginEntry(plugins: unknown): WrittenEntry | undefined {
  return entriesOf(plugins).find((entry) => entry?.name === "tsocksify" || isTransformer(entry));
}

/** What the entry that rewrites what the compiler emits names it by. The language server's plugin is none. */
export function transformOf(plugins: unknown): string | undefined {
  return entriesOf(plugins).find(isTransformer)?.transform as string | undefined;
}

function entriesOf(plugins: unknown): WrittenEntry[] {
  return Array.isArray(plugins) ? (plugins as WrittenEntry[]) : [];
}

function isTransformer(entry: WrittenEntry | undefined): boolean {
  return (
    typeof entry?.transform === "string" &&
    /(?:^|[\\/])tsocksify[\\/](?:.*[\\/])?transformer$/.test(entry.transform)
  );
}

/**
 * @param folder the folder of tsconfig.json, which the modules are relative to
 * @throws OptionError that names the key where one is unknown or has a wrong value
 */
export function readEntry(entry: WrittenEntry, folder: string): PluginConfig {
  if (entry.after || entry.afterDeclarations || entry.transformProgram)
    throw new OptionError(
      "tsocksify/transformer must run before TypeScript's own transforms: remove after, afterDeclarations and transformProgram from its entry in tsconfig.json",
    );
  const own = Object.fromEntries(Object.entries(entry).filter(([key]) => !hostKeys.has(key)));
  const options: PluginConfig = readOptions(own, pluginOptions, "tsocksify/transformer in tsconfig.json");
  return options.modules ? { ...options, modules: modulesFrom(options.modules, folder) } : options;
}
