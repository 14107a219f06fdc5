import type { ModuleTable } from "../schema.js";

/** Calls functions of shared libraries. https://www.npmjs.com/package/ffi-rs */
export const ffiRs = {
  module: "ffi-rs",
  whole: { class: "native", finding: "SOCKS1013" },
  exports: {},
  inert: [],
} as const satisfies ModuleTable;
