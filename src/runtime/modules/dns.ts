import { Rdns } from "../dns/rdns";

// See net.ts: the names of dns's exports, for `import { … }`.
exports.ADDRCONFIG = exports.ADDRGETNETWORKPARAMS = exports.ALL = exports.BADFAMILY = undefined;
exports.BADFLAGS = exports.BADHINTS = exports.BADNAME = exports.BADQUERY = exports.BADRESP = undefined;
exports.BADSTR = exports.CANCELLED = exports.CONNREFUSED = exports.DESTRUCTION = exports.EOF = undefined;
exports.FILE = exports.FORMERR = exports.LOADIPHLPAPI = exports.NODATA = exports.NOMEM = undefined;
exports.NONAME = exports.NOTFOUND = exports.NOTIMP = exports.NOTINITIALIZED = exports.REFUSED = undefined;
exports.Resolver = exports.SERVFAIL = exports.TIMEOUT = exports.V4MAPPED = undefined;
exports.getDefaultResultOrder = exports.getServers = exports.lookup = exports.lookupService = undefined;
exports.promises = exports.resolve = exports.resolve4 = exports.resolve6 = exports.resolveAny = undefined;
exports.resolveCaa = exports.resolveCname = exports.resolveMx = exports.resolveNaptr = undefined;
exports.resolveNs = exports.resolvePtr = exports.resolveSoa = exports.resolveSrv = undefined;
exports.resolveTlsa = exports.resolveTxt = exports.reverse = exports.setDefaultResultOrder = undefined;
exports.setServers = undefined;

export = Rdns;
