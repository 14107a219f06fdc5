import type { ModuleTable } from "./schema.js";

// What talks to a person. The streams of tty are net.Sockets by class, on a terminal that is already open.

/** https://nodejs.org/api/readline.html */
export const readline = {
  module: "readline",
  exports: {},
  aliases: { promises: "readline/promises" },
  inert: [
    "Interface",
    "clearLine",
    "clearScreenDown",
    "createInterface",
    "cursorTo",
    "emitKeypressEvents",
    "moveCursor",
  ],
  inertMembers: {
    Interface: [
      "_addHistory",
      "_decoder",
      "_deleteLeft",
      "_deleteLineLeft",
      "_deleteLineRight",
      "_deleteRight",
      "_deleteWordLeft",
      "_deleteWordRight",
      "_getCursorPos",
      "_getDisplayPos",
      "_historyNext",
      "_historyPrev",
      "_insertString",
      "_line",
      "_line_buffer",
      "_moveCursor",
      "_normalWrite",
      "_oldPrompt",
      "_onLine",
      "_previousKey",
      "_prompt",
      "_questionCallback",
      "_refreshLine",
      "_sawKeyPress",
      "_sawReturnAt",
      "_setRawMode",
      "_tabComplete",
      "_ttyWrite",
      "_wordLeft",
      "_wordRight",
      "_writeToOutput",
      "clearLine",
      "close",
      "columns",
      "getCursorPos",
      "getPrompt",
      "pause",
      "prompt",
      "question",
      "resume",
      "setPrompt",
      "setupHistoryManager",
      "write",
    ],
  },
} as const satisfies ModuleTable;

/** https://nodejs.org/api/readline.html#promises-api */
export const readlinePromises = {
  module: "readline/promises",
  exports: {},
  inert: ["Interface", "Readline", "createInterface"],
  inertMembers: {
    Interface: [
      "clearLine",
      "close",
      "columns",
      "getCursorPos",
      "getPrompt",
      "pause",
      "prompt",
      "question",
      "resume",
      "setPrompt",
      "setupHistoryManager",
      "write",
    ],
    Readline: ["clearLine", "clearScreenDown", "commit", "cursorTo", "moveCursor", "rollback"],
  },
} as const satisfies ModuleTable;

/** https://nodejs.org/api/tty.html */
export const tty = {
  module: "tty",
  exports: {},
  inert: ["ReadStream", "WriteStream", "isatty"],
  inertMembers: {
    ReadStream: ["setRawMode"],
    WriteStream: [
      "_refreshSize",
      "clearLine",
      "clearScreenDown",
      "cursorTo",
      "getColorDepth",
      "getWindowSize",
      "hasColors",
      "isTTY",
      "moveCursor",
    ],
  },
} as const satisfies ModuleTable;
