import { Rnet } from "../net/rnet";

// For `import { connect } from "@tsocksify/runtime/net"`: Node finds the names of a CommonJS module's exports in
// its text. These are all the names that `net` has in some release; the module itself has those of this one.
exports._createServerHandle = exports._normalizeArgs = exports._setSimultaneousAccepts = undefined;
exports.BoundSocket = exports._TransferredBoundSocket = exports.BlockList = exports.SocketAddress = undefined;
exports.connect = exports.createConnection = exports.createServer = undefined;
exports.isIP = exports.isIPv4 = exports.isIPv6 = undefined;
exports.Server = exports.Socket = exports.Stream = undefined;
exports.getDefaultAutoSelectFamily = exports.setDefaultAutoSelectFamily = undefined;
exports.getDefaultAutoSelectFamilyAttemptTimeout = undefined;
exports.setDefaultAutoSelectFamilyAttemptTimeout = undefined;

export = Rnet;
