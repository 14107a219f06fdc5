import type { ModuleTable, Row } from "./schema.js";
import { WebSocket } from "./web.js";

/** Dials. Any agent that a program makes or extends has become ours; one that it is handed may be Node's own. */
const dialOfAgent = { class: "socket", finding: "SOCKS1015", viaSuper: "inert" } as const satisfies Row;

const Agent = {
  class: "socket",
  becomes: "Rhttp.Agent",
  at: "construct",
  members: { addRequest: dialOfAgent, createConnection: dialOfAgent, createSocket: dialOfAgent },
  inertMembers: ["defaultMaxSockets", "destroy", "getName", "keepSocketAlive", "removeSocket", "reuseSocket"],
} as const satisfies Row;

const globalAgent = { class: "socket", becomes: "Rhttp.globalAgent" } as const satisfies Row;

const ClientRequest = {
  class: "socket",
  becomes: "Rhttp.ClientRequest",
  at: "construct",
  inertMembers: [
    "_deferToConnect",
    "_finish",
    "_implicitHeader",
    "abort",
    "clearTimeout",
    "destroy",
    "onSocket",
    "path",
    "setNoDelay",
    "setSocketKeepAlive",
    "setTimeout",
  ],
} as const satisfies Row;

const IncomingMessage = [
  "_addHeaderLine",
  "_addHeaderLineDistinct",
  "_addHeaderLines",
  "_destroy",
  "_dump",
  "_dumpAndCloseReadable",
  "_read",
  "connection",
  "headers",
  "headersDistinct",
  "setTimeout",
  "signal",
  "trailers",
  "trailersDistinct",
] as const;

const outgoing = {
  OutgoingMessage: [
    "_finish",
    "_flush",
    "_flushOutput",
    "_headerNames",
    "_headers",
    "_implicitHeader",
    "_isLenientHeaderValidation",
    "_renderHeaders",
    "_send",
    "_storeHeader",
    "_writeRaw",
    "addTrailers",
    "appendHeader",
    "closed",
    "connection",
    "cork",
    "destroy",
    "end",
    "errored",
    "flushHeaders",
    "getHeader",
    "getHeaderNames",
    "getHeaders",
    "getRawHeaderNames",
    "hasHeader",
    "headersSent",
    "pipe",
    "removeHeader",
    "setHeader",
    "setHeaders",
    "setTimeout",
    "socket",
    "uncork",
    "writableCorked",
    "writableEnded",
    "writableFinished",
    "writableHighWaterMark",
    "writableLength",
    "writableNeedDrain",
    "writableObjectMode",
    "write",
  ],
  validateHeaderName: ["withoutStackTrace"],
  validateHeaderValue: ["withoutStackTrace"],
} as const;

/** A Server listens by the method of net.Server. */
const server = {
  Server: ["close", "closeAllConnections", "closeIdleConnections", "setTimeout"],
  ServerResponse: [
    "_finish",
    "_implicitHeader",
    "assignSocket",
    "detachSocket",
    "statusCode",
    "statusMessage",
    "writeContinue",
    "writeEarlyHints",
    "writeHead",
    "writeHeader",
    "writeInformation",
    "writeProcessing",
  ],
} as const;

/** https://nodejs.org/api/http.html */
export const http = {
  module: "http",
  namespace: "Rhttp",
  redirect: "@tsocksify/runtime/http",
  exports: {
    request: { class: "socket", becomes: "Rhttp.request" },
    get: { class: "socket", becomes: "Rhttp.get" },
    Agent,
    globalAgent,
    ClientRequest,
    WebSocket: {
      ...WebSocket,
      inertMembers: [
        "CLOSED",
        "CLOSING",
        "CONNECTING",
        "OPEN",
        "binaryType",
        "bufferedAmount",
        "close",
        "extensions",
        "onclose",
        "onerror",
        "onmessage",
        "onopen",
        "protocol",
        "readyState",
        "send",
        "url",
      ],
    },
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
    "setGlobalProxyFromEnv",
    "setMaxIdleHTTPParsers",
    "validateHeaderName",
    "validateHeaderValue",
  ],
  inertMembers: {
    CloseEvent: ["code", "reason", "wasClean"],
    IncomingMessage,
    MessageEvent: ["data", "initMessageEvent", "lastEventId", "origin", "ports", "source"],
    ...outgoing,
    ...server,
  },
} as const satisfies ModuleTable;
