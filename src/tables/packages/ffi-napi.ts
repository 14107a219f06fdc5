import type { ModuleTable } from "../schema.js";

/** Calls functions of shared libraries. https://www.npmjs.com/package/ffi-napi */
export const ffiNapi = {
  module: "ffi-napi",
  whole: { class: "native", finding: "SOCKS1013" },
  exports: {},
  inert: [],
} as const satisfies ModuleTable;
