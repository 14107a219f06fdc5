import type { ModuleTable } from "./schema.js";

/** https://nodejs.org/api/sqlite.html: a file, but its extensions are machine code. */
export const sqlite = {
  module: "sqlite",
  prefix: "required",
  exports: {
    DatabaseSync: {
      class: "inert",
      members: { loadExtension: { class: "native", finding: "SOCKS1013" } },
      inertMembers: [
        "aggregate",
        "applyChangeset",
        "close",
        "createSession",
        "createTagStore",
        "deserialize",
        "enableDefensive",
        "enableLoadExtension",
        "exec",
        "function",
        "location",
        "open",
        "prepare",
        "serialize",
        "setAuthorizer",
      ],
    },
  },
  inert: ["Session", "StatementSync", "backup", "constants"],
  inertMembers: {
    StatementSync: [
      "all",
      "close",
      "columns",
      "get",
      "iterate",
      "resetStats",
      "run",
      "setAllowBareNamedParameters",
      "setAllowUnknownNamedParameters",
      "setReadBigInts",
      "setReturnArrays",
      "stat",
    ],
    Session: ["changeset", "close", "patchset"],
  },
} as const satisfies ModuleTable;
