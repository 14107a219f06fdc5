import { Rhttp2 } from "../http2/rhttp2";

// See net.ts: the names of http2's exports, for `import { … }`.
exports.Http2ServerRequest = exports.Http2ServerResponse = exports.connect = exports.constants = undefined;
exports.createSecureServer = exports.createServer = exports.getDefaultSettings = undefined;
exports.getPackedSettings = exports.getUnpackedSettings = exports.performServerHandshake = undefined;
exports.sensitiveHeaders = undefined;

export = Rhttp2;
