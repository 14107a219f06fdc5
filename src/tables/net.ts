import type { ModuleTable } from "./schema.js";

/** https://nodejs.org/api/net.html */
export const net = {
  module: "net",
  namespace: "Rnet",
  redirect: "@tsocksify/runtime/net",
  exports: {
    connect: { class: "socket", becomes: "Rconnect" },
    createConnection: { class: "socket", becomes: "Rconnect" },
    Socket: {
      class: "socket",
      becomes: "Rnet.Socket",
      at: "construct",
      members: {
        connect: { class: "socket", becomes: "Rconnect" },
        address: { class: "socket", becomes: "Rgetsockname" },
      },
    },
    Stream: { class: "socket", becomes: "Rnet.Socket", at: "construct" },
    Server: {
      class: "inert",
      members: {
        listen: { class: "socket", becomes: "Rlisten" },
        address: { class: "socket", becomes: "Rgetsockname" },
      },
    },
  },
  inert: [
    "BlockList",
    "SocketAddress",
    "createServer",
    "getDefaultAutoSelectFamily",
    "getDefaultAutoSelectFamilyAttemptTimeout",
    "isIP",
    "isIPv4",
    "isIPv6",
    "setDefaultAutoSelectFamily",
    "setDefaultAutoSelectFamilyAttemptTimeout",
  ],
} as const satisfies ModuleTable;
