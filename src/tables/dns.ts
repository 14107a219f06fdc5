import type { ModuleTable, Row } from "./schema.js";

/** Asked at the proxy (lookup), or of a configured name server over TCP through it (the rest). The list of servers goes along. */
const functions = {
  resolve: { class: "dns", becomes: "Rdns.resolve" },
  resolve4: { class: "dns", becomes: "Rdns.resolve4" },
  resolve6: { class: "dns", becomes: "Rdns.resolve6" },
  resolveAny: { class: "dns", becomes: "Rdns.resolveAny" },
  resolveCaa: { class: "dns", becomes: "Rdns.resolveCaa" },
  resolveCname: { class: "dns", becomes: "Rdns.resolveCname" },
  resolveMx: { class: "dns", becomes: "Rdns.resolveMx" },
  resolveNaptr: { class: "dns", becomes: "Rdns.resolveNaptr" },
  resolveNs: { class: "dns", becomes: "Rdns.resolveNs" },
  resolvePtr: { class: "dns", becomes: "Rdns.resolvePtr" },
  resolveSoa: { class: "dns", becomes: "Rdns.resolveSoa" },
  resolveSrv: { class: "dns", becomes: "Rdns.resolveSrv" },
  resolveTlsa: { class: "dns", becomes: "Rdns.resolveTlsa" },
  resolveTxt: { class: "dns", becomes: "Rdns.resolveTxt" },
  reverse: { class: "dns", becomes: "Rdns.reverse" },
  lookup: { class: "dns", becomes: "Rdns.lookup" },
  lookupService: { class: "dns", becomes: "Rdns.lookupService" },
  getServers: { class: "dns", becomes: "Rdns.getServers" },
  setServers: { class: "dns", becomes: "Rdns.setServers" },
} as const satisfies Record<string, Row>;

/** The same, returning promises. */
const promised = {
  resolve: { class: "dns", becomes: "Rdns.promises.resolve" },
  resolve4: { class: "dns", becomes: "Rdns.promises.resolve4" },
  resolve6: { class: "dns", becomes: "Rdns.promises.resolve6" },
  resolveAny: { class: "dns", becomes: "Rdns.promises.resolveAny" },
  resolveCaa: { class: "dns", becomes: "Rdns.promises.resolveCaa" },
  resolveCname: { class: "dns", becomes: "Rdns.promises.resolveCname" },
  resolveMx: { class: "dns", becomes: "Rdns.promises.resolveMx" },
  resolveNaptr: { class: "dns", becomes: "Rdns.promises.resolveNaptr" },
  resolveNs: { class: "dns", becomes: "Rdns.promises.resolveNs" },
  resolvePtr: { class: "dns", becomes: "Rdns.promises.resolvePtr" },
  resolveSoa: { class: "dns", becomes: "Rdns.promises.resolveSoa" },
  resolveSrv: { class: "dns", becomes: "Rdns.promises.resolveSrv" },
  resolveTlsa: { class: "dns", becomes: "Rdns.promises.resolveTlsa" },
  resolveTxt: { class: "dns", becomes: "Rdns.promises.resolveTxt" },
  reverse: { class: "dns", becomes: "Rdns.promises.reverse" },
  lookup: { class: "dns", becomes: "Rdns.promises.lookup" },
  lookupService: { class: "dns", becomes: "Rdns.promises.lookupService" },
  getServers: { class: "dns", becomes: "Rdns.promises.getServers" },
  setServers: { class: "dns", becomes: "Rdns.promises.setServers" },
} as const satisfies Record<string, Row>;

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

const Resolver = {
  class: "dns",
  becomes: "Rdns.Resolver",
  at: "construct",
  // What is made by the R-form asks through the proxy.
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
  namespace: "Rdns",
  redirect: "@tsocksify/runtime/dns",
  exports: { ...functions, Resolver },
  aliases: { promises: "dns/promises" },
  inert: [...constants, "ADDRCONFIG", "ALL", "V4MAPPED", "getDefaultResultOrder", "setDefaultResultOrder"],
} as const satisfies ModuleTable;

/** https://nodejs.org/api/dns.html#dns-promises-api */
export const dnsPromises = {
  module: "dns/promises",
  namespace: "Rdns.promises",
  redirect: "@tsocksify/runtime/dns/promises",
  exports: { ...promised, Resolver: { ...Resolver, becomes: "Rdns.promises.Resolver" } },
  inert: [...constants, "getDefaultResultOrder", "setDefaultResultOrder"],
} as const satisfies ModuleTable;
