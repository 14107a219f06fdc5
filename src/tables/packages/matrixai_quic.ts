import type { ModuleTable } from "../schema.js";

/** QUIC, a native addon. https://www.npmjs.com/package/@matrixai/quic */
export const matrixaiQuic = {
  module: "@matrixai/quic",
  whole: { class: "udp", finding: "SOCKS1001" },
  exports: {},
  inert: [],
} as const satisfies ModuleTable;
