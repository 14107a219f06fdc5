import type { ModuleTable } from "../schema.js";

/** uTP, which is UDP (BEP 29), a native addon. https://www.npmjs.com/package/utp-native */
export const utpNative = {
  module: "utp-native",
  whole: { class: "udp", finding: "SOCKS1001" },
  exports: {},
  inert: [],
} as const satisfies ModuleTable;
