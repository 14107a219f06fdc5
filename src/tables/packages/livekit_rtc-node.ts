import type { ModuleTable } from "../schema.js";

/** WebRTC, a native addon. https://www.npmjs.com/package/@livekit/rtc-node */
export const livekitRtcNode = {
  module: "@livekit/rtc-node",
  whole: { class: "udp", finding: "SOCKS1001" },
  exports: {},
  inert: [],
} as const satisfies ModuleTable;
