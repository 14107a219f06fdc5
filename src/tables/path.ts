import type { ModuleTable } from "./schema.js";

/** https://nodejs.org/api/path.html */
export const path = {
  module: "path",
  exports: {},
  aliases: { posix: "path/posix", win32: "path/win32" },
  inert: [
    "_makeLong",
    "basename",
    "delimiter",
    "dirname",
    "extname",
    "format",
    "isAbsolute",
    "join",
    "matchesGlob",
    "normalize",
    "parse",
    "relative",
    "resolve",
    "sep",
    "toNamespacedPath",
  ],
} as const satisfies ModuleTable;

/** https://nodejs.org/api/path.html#pathposix */
export const pathPosix = { ...path, module: "path/posix" } as const satisfies ModuleTable;

/** https://nodejs.org/api/path.html#pathwin32 */
export const pathWin32 = { ...path, module: "path/win32" } as const satisfies ModuleTable;
