import type { ModuleTable } from "./schema.js";

/** https://nodejs.org/api/tls.html */
export const tls = {
  module: "tls",
  namespace: "Rtls",
  redirect: "@tsocksify/runtime/tls",
  exports: {
    connect: { class: "socket", becomes: "Rtls.connect" },
  },
  inert: [
    "CLIENT_RENEG_LIMIT",
    "CLIENT_RENEG_WINDOW",
    "DEFAULT_CIPHERS",
    "DEFAULT_ECDH_CURVE",
    "DEFAULT_MAX_VERSION",
    "DEFAULT_MIN_VERSION",
    "SecureContext",
    "Server",
    // Wraps a socket that somebody else has connected.
    "TLSSocket",
    "checkServerIdentity",
    "convertALPNProtocols",
    "createSecureContext",
    "createSecurePair",
    "createServer",
    "getCACertificates",
    "getCiphers",
    "rootCertificates",
    "setDefaultCACertificates",
  ],
} as const satisfies ModuleTable;
