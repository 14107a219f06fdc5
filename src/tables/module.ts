import type { ModuleTable, Row } from "./schema.js";

const load = { class: "process", finding: "SOCKS1014" } as const satisfies Row;

/**
 * https://nodejs.org/api/module.html. What starts with an underscore is undocumented, and what bundlers' and test
 * runners' hooks are made of.
 */
export const module = {
  module: "module",
  finding: "SOCKS1014",
  exports: {
    createRequire: { ...load, returns: "require" },
    _load: { ...load, returns: "module" },
    _preloadModules: load,
    runMain: { ...load, names: "file" },
    // Hooks change which module a specifier gives, and what its text is.
    register: load,
    registerHooks: load,
    _extensions: { ...load, statics: { ".js": load, ".json": load, ".node": load } },
    // `new Module(id)` is how text and files are loaded by hand. A module's own `require` is `require`.
    Module: {
      ...load,
      at: "construct",
      members: { _compile: { class: "process", finding: "SOCKS1012", viaSuper: "inert" } },
      inertMembers: ["isPreloading", "load", "parent", "require"],
    },
  },
  aliases: { Module: "module" },
  inert: [
    "SourceMap",
    "_cache",
    "_debug",
    "_findPath",
    "_initPaths",
    "_nodeModulePaths",
    "_pathCache",
    "_readPackage",
    "_resolveFilename",
    "_resolveLookupPaths",
    "_stat",
    "builtinModules",
    "constants",
    "enableCompileCache",
    "findPackageJSON",
    "findSourceMap",
    "flushCompileCache",
    "getCompileCacheDir",
    "getSourceMapsSupport",
    "globalPaths",
    "isBuiltin",
    "setSourceMapsSupport",
    "stripTypeScriptTypes",
    "syncBuiltinESMExports",
    "wrap",
    "wrapper",
  ],
  inertMembers: { SourceMap: ["findEntry", "findOrigin", "lineLengths", "payload"] },
} as const satisfies ModuleTable;
