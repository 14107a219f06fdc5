import type { ModuleTable, Row } from "./schema.js";

const run = { class: "process", finding: "SOCKS1010" } as const satisfies Row;

/** Behind a flag. As in `test`, files are run in processes of their own. */
export const bench = {
  module: "bench",
  prefix: "required",
  exports: { createRunner: run, run, runFile: { ...run, names: "file" } },
  aliases: { bench: "bench" },
  inert: ["after", "afterEach", "before", "beforeEach", "describe", "only", "skip", "suite"],
} as const satisfies ModuleTable;

/** See {@link bench}. */
export const benchReporters = {
  module: "bench/reporters",
  prefix: "required",
  exports: {},
  inert: ["json", "spec"],
} as const satisfies ModuleTable;
