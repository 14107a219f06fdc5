import { http } from "./http.js";
import type { ModuleTable } from "./schema.js";

// Node's own names for what `http` is made of.

export const httpAgent = {
  module: "_http_agent",
  finding: "SOCKS1015",
  exports: { Agent: http.exports.Agent, globalAgent: http.exports.globalAgent },
  inert: [],
} as const satisfies ModuleTable;

export const httpClient = {
  module: "_http_client",
  finding: "SOCKS1015",
  exports: { ClientRequest: http.exports.ClientRequest },
  inert: [],
} as const satisfies ModuleTable;

export const httpCommon = {
  module: "_http_common",
  exports: {},
  inert: [
    "CRLF",
    "HTTPParser",
    "_checkInvalidHeaderChar",
    "_checkIsHttpToken",
    "calculateLenientFlags",
    "chunkExpression",
    "continueExpression",
    "freeParser",
    "isLenient",
    "kIncomingMessage",
    "kSkipPendingData",
    "methods",
    "parsers",
    "prepareError",
  ],
  inertMembers: {
    parsers: ["alloc", "ctor", "free"],
    HTTPParser: [
      "REQUEST",
      "RESPONSE",
      "asyncReset",
      "close",
      "consume",
      "duration",
      "execute",
      "finish",
      "free",
      "getAsyncContextFrameForDebuggingOnly",
      "getAsyncId",
      "getCurrentBuffer",
      "getProviderType",
      "headersCompleted",
      "initialize",
      "kLenientAll",
      "kLenientChunkedLength",
      "kLenientDataAfterClose",
      "kLenientHeaderValueRelaxed",
      "kLenientHeaders",
      "kLenientKeepAlive",
      "kLenientNone",
      "kLenientOptionalCRBeforeLF",
      "kLenientOptionalCRLFAfterChunk",
      "kLenientOptionalLFAfterCR",
      "kLenientSpacesAfterChunkSize",
      "kLenientTransferEncoding",
      "kLenientVersion",
      "kOnBody",
      "kOnExecute",
      "kOnHeaders",
      "kOnHeadersComplete",
      "kOnMessageBegin",
      "kOnMessageComplete",
      "kOnTimeout",
      "pause",
      "remove",
      "resume",
      "unconsume",
    ],
  },
} as const satisfies ModuleTable;

export const httpIncoming = {
  module: "_http_incoming",
  exports: {},
  inert: [
    "IncomingMessage",
    "asciiEqualIgnoreCase",
    "getRawHeader",
    "kDetachAbortSignal",
    "kHeadersCount",
    "readStart",
    "readStop",
  ],
  inertMembers: { IncomingMessage: http.inertMembers.IncomingMessage },
} as const satisfies ModuleTable;

export const httpOutgoing = {
  module: "_http_outgoing",
  exports: {},
  inert: [
    "OutgoingMessage",
    "isValidHeaderName",
    "isValidHeaderValue",
    "kHighWaterMark",
    "kUniqueHeaders",
    "parseUniqueHeadersOption",
    "validateHeaderName",
    "validateHeaderValue",
  ],
  inertMembers: {
    OutgoingMessage: http.inertMembers.OutgoingMessage,
    validateHeaderName: http.inertMembers.validateHeaderName,
    validateHeaderValue: http.inertMembers.validateHeaderValue,
  },
} as const satisfies ModuleTable;

export const httpServer = {
  module: "_http_server",
  exports: {},
  inert: [
    "STATUS_CODES",
    "Server",
    "ServerResponse",
    "_connectionListener",
    "httpServerPreClose",
    "kConnectionsCheckingInterval",
    "kServerResponse",
    "setupConnectionsTracking",
    "storeHTTPOptions",
  ],
  inertMembers: { Server: http.inertMembers.Server, ServerResponse: http.inertMembers.ServerResponse },
} as const satisfies ModuleTable;
