import type { ModuleTable } from "../schema.js";

/** Loads the native addon of a package. https://www.npmjs.com/package/node-gyp-build */
export const nodeGypBuild = {
  module: "node-gyp-build",
  whole: { class: "native", finding: "SOCKS1013" },
  exports: {},
  inert: [],
} as const satisfies ModuleTable;
