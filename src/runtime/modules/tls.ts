import { Rtls } from "../tls/rtls";

// See net.ts: the names of tls's exports, for `import { … }`.
exports.CLIENT_RENEG_LIMIT = exports.CLIENT_RENEG_WINDOW = exports.DEFAULT_CIPHERS = undefined;
exports.DEFAULT_ECDH_CURVE = exports.DEFAULT_MAX_VERSION = exports.DEFAULT_MIN_VERSION = undefined;
exports.SecureContext = exports.Server = exports.TLSSocket = exports.checkServerIdentity = undefined;
exports.connect = exports.convertALPNProtocols = exports.createSecureContext = undefined;
exports.createSecurePair = exports.createServer = exports.getCACertificates = undefined;
exports.getCertificateCompressionAlgorithms = exports.getCiphers = exports.rootCertificates = undefined;
exports.setDefaultCACertificates = undefined;

export = Rtls;
