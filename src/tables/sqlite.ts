import type { ModuleTable, Row } from "./schema.js";

/** A file, but its extensions are machine code. */
const database = {
  class: "inert",
  members: { loadExtension: { class: "native", finding: "SOCKS1013" } satisfies Row },
  inertMembers: [
    "aggregate",
    "applyChangeset",
    "close",
    "createModule",
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
} as const;

const statement = [
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
] as const;

/** https://nodejs.org/api/sqlite.html */
export const sqlite = {
  module: "sqlite",
  prefix: "required",
  exports: { Database: database, DatabaseSync: database },
  inert: ["Session", "Statement", "StatementSync", "backup", "constants"],
  inertMembers: {
    Statement: statement,
    StatementSync: statement,
    Session: ["changeset", "close", "patchset"],
  },
} as const satisfies ModuleTable;
