import type { ModuleTable } from "../schema.js";

/** WebRTC, a native addon. https://www.npmjs.com/package/node-datachannel */
export const nodeDatachannel = {
  module: "node-datachannel",
  whole: { class: "udp", finding: "SOCKS1001" },
  exports: {},
  inert: [],
} as const satisfies ModuleTable;
