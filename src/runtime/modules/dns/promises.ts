import { RdnsPromises } from "../../dns/rdns";

// See net.ts: the names of dns/promises's exports, for `import { … }`.
exports.ADDRGETNETWORKPARAMS = exports.BADFAMILY = exports.BADFLAGS = exports.BADHINTS = undefined;
exports.BADNAME = exports.BADQUERY = exports.BADRESP = exports.BADSTR = exports.CANCELLED = undefined;
exports.CONNREFUSED = exports.DESTRUCTION = exports.EOF = exports.FILE = exports.FORMERR = undefined;
exports.LOADIPHLPAPI = exports.NODATA = exports.NOMEM = exports.NONAME = exports.NOTFOUND = undefined;
exports.NOTIMP = exports.NOTINITIALIZED = exports.REFUSED = exports.Resolver = exports.SERVFAIL = undefined;
exports.TIMEOUT = exports.getDefaultResultOrder = exports.getServers = exports.lookup = undefined;
exports.lookupService = exports.resolve = exports.resolve4 = exports.resolve6 = undefined;
exports.resolveAny = exports.resolveCaa = exports.resolveCname = exports.resolveMx = undefined;
exports.resolveNaptr = exports.resolveNs = exports.resolvePtr = exports.resolveSoa = undefined;
exports.resolveSrv = exports.resolveTlsa = exports.resolveTxt = exports.reverse = undefined;
exports.setDefaultResultOrder = exports.setServers = undefined;

export = RdnsPromises;
