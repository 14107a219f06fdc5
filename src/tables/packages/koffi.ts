import type { ModuleTable } from "../schema.js";

/** Calls functions of shared libraries. https://www.npmjs.com/package/koffi */
export const koffi = {
  module: "koffi",
  whole: { class: "native", finding: "SOCKS1013" },
  exports: {},
  inert: [],
} as const satisfies ModuleTable;
