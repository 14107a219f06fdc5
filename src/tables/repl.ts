import type { ModuleTable } from "./schema.js";

/** https://nodejs.org/api/repl.html: runs what somebody types. */
export const repl = {
  module: "repl",
  finding: "SOCKS1012",
  exports: {
    start: { class: "process", finding: "SOCKS1012" },
    REPLServer: {
      class: "process",
      finding: "SOCKS1012",
      at: "construct",
      inertMembers: [
        "_handleError",
        "clearBufferedCommand",
        "close",
        "complete",
        "completeOnEditorMode",
        "createContext",
        "defineCommand",
        "displayPrompt",
        "resetContext",
        "setPrompt",
        "setupHistory",
      ],
    },
  },
  inert: [
    "REPL_MODE_SLOPPY",
    "REPL_MODE_STRICT",
    "Recoverable",
    "_builtinLibs",
    "builtinModules",
    "isValidSyntax",
    "writer",
  ],
  inertMembers: { writer: ["options"] },
} as const satisfies ModuleTable;
