import type { ModuleTable } from "../schema.js";

/** WebTransport, which is QUIC, a native addon. https://www.npmjs.com/package/@fails-components/webtransport */
export const failsComponentsWebtransport = {
  module: "@fails-components/webtransport",
  whole: { class: "udp", finding: "SOCKS1001" },
  exports: {},
  inert: [],
} as const satisfies ModuleTable;
