import type { ModuleTable } from "../schema.js";

/** Loads the native addon of a package. https://www.npmjs.com/package/bindings */
export const bindings = {
  module: "bindings",
  whole: { class: "native", finding: "SOCKS1013" },
  exports: {},
  inert: [],
} as const satisfies ModuleTable;
