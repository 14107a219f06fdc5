import type { ModuleTable } from "../schema.js";

/** Raw IP packets, a native addon. https://www.npmjs.com/package/raw-socket */
export const rawSocket = {
  module: "raw-socket",
  whole: { class: "udp", finding: "SOCKS1001" },
  exports: {},
  inert: [],
} as const satisfies ModuleTable;
