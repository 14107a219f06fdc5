import type { ModuleTable, Row } from "./schema.js";

/** A query that Node's resolver (c-ares) sends to a name server over UDP. */
const query = { class: "dns", finding: "SOCKS1002" } as const satisfies Row;
/** getaddrinfo(3) and getnameinfo(3): the operating system asks, outside the proxy. */
const system = { class: "dns", finding: "SOCKS1003" } as const satisfies Row;

const queries = {
  resolve: query,
  resolve4: query,
  resolve6: query,
  resolveAny: query,
  resolveCaa: query,
  resolveCname: query,
  resolveMx: query,
  resolveNaptr: query,
  resolveNs: query,
  resolvePtr: query,
  resolveSoa: query,
  resolveSrv: query,
  resolveTlsa: query,
  resolveTxt: query,
  reverse: query,
} as const;

const constants = [
  "ADDRGETNETWORKPARAMS",
  "BADFAMILY",
  "BADFLAGS",
  "BADHINTS",
  "BADNAME",
  "BADQUERY",
  "BADRESP",
  "BADSTR",
  "CANCELLED",
  "CONNREFUSED",
  "DESTRUCTION",
  "EOF",
  "FILE",
  "FORMERR",
  "LOADIPHLPAPI",
  "NODATA",
  "NOMEM",
  "NONAME",
  "NOTFOUND",
  "NOTIMP",
  "NOTINITIALIZED",
  "REFUSED",
  "SERVFAIL",
  "TIMEOUT",
] as const;

/** Reported where one is made: `resolve` is too common a name to follow, and without a Resolver there is none. */
const Resolver = {
  class: "dns",
  finding: "SOCKS1002",
  at: "construct",
  inertMembers: [
    "cancel",
    "getServers",
    "resolve",
    "resolve4",
    "resolve6",
    "resolveAny",
    "resolveCaa",
    "resolveCname",
    "resolveMx",
    "resolveNaptr",
    "resolveNs",
    "resolvePtr",
    "resolveSoa",
    "resolveSrv",
    "resolveTlsa",
    "resolveTxt",
    "reverse",
    "setLocalAddress",
    "setServers",
  ],
} as const satisfies Row;

/** https://nodejs.org/api/dns.html */
export const dns = {
  module: "dns",
  finding: "SOCKS1003",
  exports: { lookup: system, lookupService: system, ...queries, Resolver },
  aliases: { promises: "dns/promises" },
  inert: [
    ...constants,
    "ADDRCONFIG",
    "ALL",
    "V4MAPPED",
    "getDefaultResultOrder",
    "getServers",
    "setDefaultResultOrder",
    "setServers",
  ],
} as const satisfies ModuleTable;

/** https://nodejs.org/api/dns.html#dns-promises-api */
export const dnsPromises = {
  module: "dns/promises",
  finding: "SOCKS1003",
  exports: { lookup: system, lookupService: system, ...queries, Resolver },
  inert: [...constants, "getDefaultResultOrder", "getServers", "setDefaultResultOrder", "setServers"],
} as const satisfies ModuleTable;
