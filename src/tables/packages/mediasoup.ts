import type { ModuleTable } from "../schema.js";

/** A WebRTC server, in processes of its own. https://www.npmjs.com/package/mediasoup */
export const mediasoup = {
  module: "mediasoup",
  whole: { class: "udp", finding: "SOCKS1001" },
  exports: {},
  inert: [],
} as const satisfies ModuleTable;
