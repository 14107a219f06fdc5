import type { ModuleTable, Row } from "./schema.js";

const run = { class: "process", finding: "SOCKS1012" } as const satisfies Row;

/**
 * https://nodejs.org/api/vm.html. A script is reported where its text is handed over, and not once more where it is
 * run. The functions of a SyntheticModule are the program's own, and contexts are but objects.
 */
export const vm = {
  module: "vm",
  finding: "SOCKS1012",
  exports: {
    runInContext: run,
    runInNewContext: run,
    runInThisContext: run,
    compileFunction: run,
    createScript: run,
    Script: {
      ...run,
      at: "construct",
      inertMembers: ["createCachedData", "runInContext", "runInNewContext", "runInThisContext"],
    },
    SourceTextModule: {
      ...run,
      at: "construct",
      inertMembers: [
        "createCachedData",
        "dependencySpecifiers",
        "error",
        "hasAsyncGraph",
        "hasTopLevelAwait",
        "instantiate",
        "linkRequests",
        "moduleRequests",
        "status",
      ],
    },
  },
  inert: ["Module", "SyntheticModule", "constants", "createContext", "isContext", "measureMemory"],
  inertMembers: {
    Module: ["context", "error", "evaluate", "identifier", "link", "namespace", "status"],
    SyntheticModule: ["link", "setExport"],
  },
} as const satisfies ModuleTable;
