import { Rhttp } from "../http/rhttp";

// See net.ts: the names of http's exports, for `import { … }`.
exports.Agent = exports.ClientRequest = exports.CloseEvent = exports.IncomingMessage = undefined;
exports.METHODS = exports.MessageEvent = exports.OutgoingMessage = exports.STATUS_CODES = undefined;
exports.Server = exports.ServerResponse = exports.WebSocket = exports._connectionListener = undefined;
exports.createServer = exports.get = exports.globalAgent = exports.maxHeaderSize = undefined;
exports.request = exports.setGlobalProxyFromEnv = exports.setMaxIdleHTTPParsers = undefined;
exports.validateHeaderName = exports.validateHeaderValue = undefined;
exports.isValidHeaderName = exports.isValidHeaderValue = undefined;
exports.websocketMask = exports.websocketUnmask = undefined;

export = Rhttp;
