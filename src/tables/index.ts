import { builtins } from "./builtins.js";
import { globals } from "./globals.js";
import { packages } from "./packages/index.js";
import { browser } from "./runtimes/browser.js";
import { bun, bunFfi, bunGlobals, bunJsc, bunSqlite } from "./runtimes/bun.js";
import { cloudflareSockets } from "./runtimes/cloudflare.js";
import { deno } from "./runtimes/deno.js";
import type { GlobalTable, ModuleTable } from "./schema.js";

/** Every module that somebody has looked at, whether anything came of it or not. */
export const classified: readonly ModuleTable[] = [
  ...builtins,
  ...packages,
  bun,
  bunFfi,
  bunJsc,
  bunSqlite,
  cloudflareSockets,
];

/** The modules that matter: they export something that does not just open nothing. */
export const modules: readonly ModuleTable[] = classified.filter(
  (table) => table.whole !== undefined || Object.keys(table.exports).length > 0,
);

const globalTables: readonly GlobalTable[] = [globals, deno, bunGlobals, browser];

/** The globals of every runtime in one: whose they are, the program's own types say. */
export const globalTable: GlobalTable = {
  globals: Object.assign({}, ...globalTables.map((table) => table.globals)) as GlobalTable["globals"],
  aliases: globals.aliases,
  types: globals.types,
  inert: globalTables.flatMap((table) => table.inert),
};

export { builtins, globals };
export type * from "./schema.js";
