import type { ModuleTable } from "../schema.js";

/** WebRTC, a native addon. https://www.npmjs.com/package/wrtc */
export const wrtc = {
  module: "wrtc",
  whole: { class: "udp", finding: "SOCKS1001" },
  exports: {},
  inert: [],
} as const satisfies ModuleTable;
