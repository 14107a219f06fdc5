import type { ModuleTable } from "../schema.js";

/** QUIC, a native addon. https://www.npmjs.com/package/@chainsafe/libp2p-quic */
export const chainsafeLibp2pQuic = {
  module: "@chainsafe/libp2p-quic",
  whole: { class: "udp", finding: "SOCKS1001" },
  exports: {},
  inert: [],
} as const satisfies ModuleTable;
