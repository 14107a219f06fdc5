import type { ModuleTable } from "./schema.js";

/** https://nodejs.org/api/test.html. `run` starts a process for each file. */
export const test = {
  module: "test",
  prefix: "required",
  exports: {
    run: { class: "process", finding: "SOCKS1010" },
  },
  aliases: { it: "test", test: "test" },
  inert: [
    "after",
    "afterEach",
    "assert",
    "before",
    "beforeEach",
    "describe",
    "expectFailure",
    "getTestContext",
    "mock",
    "only",
    "skip",
    "snapshot",
    "suite",
    "todo",
  ],
  inertMembers: {
    describe: ["expectFailure", "only", "skip", "todo"],
    suite: ["expectFailure", "only", "skip", "todo"],
    mock: ["fn", "getter", "method", "property", "reset", "restoreAll", "setter", "timers"],
    snapshot: ["setDefaultSnapshotSerializers", "setResolveSnapshotPath"],
    assert: ["register"],
  },
} as const satisfies ModuleTable;

/** https://nodejs.org/api/test.html#test-reporters */
export const testReporters = {
  module: "test/reporters",
  prefix: "required",
  exports: {},
  inert: ["dot", "junit", "lcov", "spec", "tap"],
  inertMembers: { lcov: ["_transform"] },
} as const satisfies ModuleTable;
