import type { ModuleTable } from "./schema.js";

/** https://nodejs.org/api/timers.html */
export const timers = {
  module: "timers",
  exports: {},
  aliases: { promises: "timers/promises" },
  inert: [
    "_unrefActive",
    "active",
    "clearImmediate",
    "clearInterval",
    "clearTimeout",
    "enroll",
    "setImmediate",
    "setInterval",
    "setTimeout",
    "unenroll",
  ],
} as const satisfies ModuleTable;

/** https://nodejs.org/api/timers.html#timers-promises-api */
export const timersPromises = {
  module: "timers/promises",
  exports: {},
  inert: ["scheduler", "setImmediate", "setInterval", "setTimeout"],
  inertMembers: { scheduler: ["wait", "yield"] },
} as const satisfies ModuleTable;
