import type { ModuleTable } from "./schema.js";

/** https://nodejs.org/api/http.html */
export const http = {
  module: "http",
  namespace: "Rhttp",
  redirect: "@tsocksify/runtime/http",
  exports: {
    request: { class: "socket", becomes: "Rhttp.request" },
    get: { class: "socket", becomes: "Rhttp.get" },
    Agent: { class: "socket", becomes: "Rhttp.Agent", at: "construct" },
    globalAgent: { class: "socket", becomes: "Rhttp.globalAgent" },
    ClientRequest: { class: "socket", becomes: "Rhttp.ClientRequest", at: "construct" },
    WebSocket: { class: "socket", becomes: "RWebSocket" },
  },
  inert: [
    "CloseEvent",
    "IncomingMessage",
    "METHODS",
    "MessageEvent",
    "OutgoingMessage",
    "STATUS_CODES",
    "Server",
    "ServerResponse",
    "_connectionListener",
    "createServer",
    "maxHeaderSize",
    "setMaxIdleHTTPParsers",
    "validateHeaderName",
    "validateHeaderValue",
  ],
} as const satisfies ModuleTable;
