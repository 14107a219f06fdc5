import type { ModuleTable } from "./schema.js";

/** https://nodejs.org/api/http2.html */
export const http2 = {
  module: "http2",
  namespace: "Rhttp2",
  redirect: "@tsocksify/runtime/http2",
  exports: {
    connect: { class: "socket", becomes: "Rhttp2.connect" },
  },
  inert: [
    "Http2ServerRequest",
    "Http2ServerResponse",
    "constants",
    "createSecureServer",
    "createServer",
    "getDefaultSettings",
    "getPackedSettings",
    "getUnpackedSettings",
    "performServerHandshake",
    "sensitiveHeaders",
  ],
} as const satisfies ModuleTable;
