import type { ModuleTable } from "../schema.js";

/** TCP of libzmq's own, a native addon. https://www.npmjs.com/package/zeromq */
export const zeromq = {
  module: "zeromq",
  whole: { class: "native", finding: "SOCKS1013" },
  exports: {},
  inert: [],
} as const satisfies ModuleTable;
