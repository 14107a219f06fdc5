import type { ModuleTable } from "../schema.js";

/** DTLS on top of dgram. https://www.npmjs.com/package/node-dtls-client */
export const nodeDtlsClient = {
  module: "node-dtls-client",
  whole: { class: "udp", finding: "SOCKS1001" },
  exports: {},
  inert: [],
} as const satisfies ModuleTable;
