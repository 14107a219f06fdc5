import type { ModuleTable } from "../schema.js";

/** WebRTC on top of dgram. https://www.npmjs.com/package/werift */
export const werift = {
  module: "werift",
  whole: { class: "udp", finding: "SOCKS1001" },
  exports: {},
  inert: [],
} as const satisfies ModuleTable;
