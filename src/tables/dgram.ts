import type { ModuleTable } from "./schema.js";

/** https://nodejs.org/api/dgram.html */
export const dgram = {
  module: "dgram",
  finding: "SOCKS1001",
  exports: {
    createSocket: { class: "udp", finding: "SOCKS1001" },
    Socket: { class: "udp", finding: "SOCKS1001", at: "construct" },
  },
  inert: ["_createSocketHandle"],
} as const satisfies ModuleTable;
