import type { ModuleTable, Row } from "./schema.js";

const connect = { class: "socket", becomes: "Rtls.connect" } as const satisfies Row;

/** Dials nothing, but may be put over a socket that is still connecting through the proxy. */
const TLSSocket = {
  class: "socket",
  becomes: "Rtls.TLSSocket",
  at: "construct",
  inertMembers: [
    "_destroySSL",
    "_emitTLSError",
    "_finishInit",
    "_handleTimeout",
    "_init",
    "_releaseControl",
    "_start",
    "_tlsError",
    "_wrapHandle",
    "disableRenegotiation",
    "enableTrace",
    "exportKeyingMaterial",
    "getCertificate",
    "getCipher",
    "getEphemeralKeyInfo",
    "getFinished",
    "getPeerCertificate",
    "getPeerFinished",
    "getPeerX509Certificate",
    "getProtocol",
    "getSession",
    "getSharedSigalgs",
    "getTLSTicket",
    "getX509Certificate",
    "isSessionReused",
    "renegotiate",
    "setKeyCert",
    "setMaxSendFragment",
    "setServername",
    "setSession",
  ],
} as const satisfies Row;

/** Server listens by the method of net.Server. */
const inertMembers = {
  Server: [
    "_getServerData",
    "_setServerData",
    "addContext",
    "getTicketKeys",
    "setOptions",
    "setSecureContext",
    "setTicketKeys",
  ],
} as const;

/** https://nodejs.org/api/tls.html */
export const tls = {
  module: "tls",
  namespace: "Rtls",
  redirect: "@tsocksify/runtime/tls",
  exports: { connect, TLSSocket },
  inert: [
    "CLIENT_RENEG_LIMIT",
    "CLIENT_RENEG_WINDOW",
    "DEFAULT_CIPHERS",
    "DEFAULT_ECDH_CURVE",
    "DEFAULT_MAX_VERSION",
    "DEFAULT_MIN_VERSION",
    "SecureContext",
    "Server",
    "checkServerIdentity",
    "convertALPNProtocols",
    "createSecureContext",
    "createSecurePair",
    "createServer",
    "getCACertificates",
    "getCertificateCompressionAlgorithms",
    "getCiphers",
    "rootCertificates",
    "setDefaultCACertificates",
  ],
  inertMembers,
} as const satisfies ModuleTable;

/** Node's own name for what `tls` is made of; deprecated (DEP0192). */
export const tlsWrap = {
  module: "_tls_wrap",
  finding: "SOCKS1015",
  exports: { connect, TLSSocket },
  inert: ["Server", "createServer"],
  inertMembers,
} as const satisfies ModuleTable;

/** See {@link tlsWrap}. */
export const tlsCommon = {
  module: "_tls_common",
  exports: {},
  inert: ["SecureContext", "createSecureContext", "translatePeerCertificate"],
} as const satisfies ModuleTable;
