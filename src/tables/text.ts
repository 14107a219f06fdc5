import type { ModuleTable } from "./schema.js";

// What works on strings.

/** https://nodejs.org/api/punycode.html */
export const punycode = {
  module: "punycode",
  exports: {},
  inert: ["decode", "encode", "toASCII", "toUnicode", "ucs2", "version"],
  inertMembers: { ucs2: ["decode", "encode"] },
} as const satisfies ModuleTable;

/** https://nodejs.org/api/querystring.html */
export const querystring = {
  module: "querystring",
  exports: {},
  inert: ["decode", "encode", "escape", "parse", "stringify", "unescape", "unescapeBuffer"],
} as const satisfies ModuleTable;

/** https://nodejs.org/api/string_decoder.html */
export const stringDecoder = {
  module: "string_decoder",
  exports: {},
  inert: ["StringDecoder"],
  inertMembers: { StringDecoder: ["end", "lastChar", "lastNeed", "lastTotal", "text", "write"] },
} as const satisfies ModuleTable;

/** https://nodejs.org/api/url.html */
export const url = {
  module: "url",
  exports: {},
  inert: [
    "URL",
    "URLPattern",
    "URLSearchParams",
    "Url",
    "domainToASCII",
    "domainToUnicode",
    "fileURLToPath",
    "fileURLToPathBuffer",
    "format",
    "parse",
    "pathToFileURL",
    "resolve",
    "resolveObject",
    "urlToHttpOptions",
  ],
  inertMembers: {
    Url: ["format", "parse", "parseHost", "resolve", "resolveObject"],
    URL: [
      "canParse",
      "createObjectURL",
      "hash",
      "host",
      "hostname",
      "href",
      "origin",
      "parse",
      "password",
      "pathname",
      "port",
      "protocol",
      "revokeObjectURL",
      "search",
      "searchParams",
      "toJSON",
      "toString",
      "username",
    ],
    URLSearchParams: [
      "append",
      "delete",
      "entries",
      "forEach",
      "get",
      "getAll",
      "has",
      "keys",
      "set",
      "size",
      "sort",
      "toString",
      "values",
    ],
    URLPattern: [
      "exec",
      "hasRegExpGroups",
      "hash",
      "hostname",
      "password",
      "pathname",
      "port",
      "protocol",
      "search",
      "test",
      "username",
    ],
  },
} as const satisfies ModuleTable;
