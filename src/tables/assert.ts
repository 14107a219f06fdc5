import type { ModuleTable } from "./schema.js";

/** https://nodejs.org/api/assert.html */
export const assert = {
  module: "assert",
  exports: {},
  aliases: { ok: "assert", strict: "assert/strict" },
  inert: [
    "Assert",
    "AssertionError",
    "CallTracker",
    "deepEqual",
    "deepStrictEqual",
    "doesNotMatch",
    "doesNotReject",
    "doesNotThrow",
    "equal",
    "fail",
    "ifError",
    "match",
    "notDeepEqual",
    "notDeepStrictEqual",
    "notEqual",
    "notStrictEqual",
    "partialDeepStrictEqual",
    "rejects",
    "strictEqual",
    "throws",
  ],
  inertMembers: {
    AssertionError: ["toString"],
    CallTracker: ["calls", "getCalls", "report", "reset", "verify"],
    Assert: [
      "deepEqual",
      "deepStrictEqual",
      "doesNotMatch",
      "doesNotReject",
      "doesNotThrow",
      "equal",
      "fail",
      "ifError",
      "match",
      "notDeepEqual",
      "notDeepStrictEqual",
      "notEqual",
      "notStrictEqual",
      "ok",
      "partialDeepStrictEqual",
      "rejects",
      "strictEqual",
      "throws",
    ],
  },
} as const satisfies ModuleTable;

/** https://nodejs.org/api/assert.html#strict-assertion-mode */
export const assertStrict = {
  ...assert,
  module: "assert/strict",
  aliases: { ok: "assert", strict: "assert/strict" },
} as const satisfies ModuleTable;
