import type { ModuleTable } from "./schema.js";

/** DTLS is datagrams (RFC 9147 §1). Behind a flag, in a Node that was configured for it. */
export const dtls = {
  module: "dtls",
  prefix: "required",
  finding: "SOCKS1001",
  exports: {
    connect: { class: "udp", finding: "SOCKS1001" },
    listen: { class: "udp", finding: "SOCKS1001" },
    DTLSEndpoint: { class: "udp", finding: "SOCKS1001", at: "construct" },
  },
  inert: ["DTLSSecureContext", "DTLSSession", "createSecureContext"],
} as const satisfies ModuleTable;
