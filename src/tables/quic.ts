import type { ModuleTable } from "./schema.js";

/** https://nodejs.org/api/quic.html: QUIC is UDP (RFC 9000 §5). Behind a flag, in a Node that was configured for it. */
export const quic = {
  module: "quic",
  prefix: "required",
  finding: "SOCKS1001",
  exports: {
    connect: { class: "udp", finding: "SOCKS1001" },
    listen: { class: "udp", finding: "SOCKS1001" },
    QuicEndpoint: { class: "udp", finding: "SOCKS1001", at: "construct" },
  },
  inert: [
    "CC_ALGO_BBR",
    "CC_ALGO_CUBIC",
    "CC_ALGO_RENO",
    "DEFAULT_CIPHERS",
    "DEFAULT_GROUPS",
    "QuicError",
    "QuicSession",
    "QuicStream",
    "constants",
    "listEndpoints",
  ],
} as const satisfies ModuleTable;
