import type { ModuleTable } from "./schema.js";

/** https://nodejs.org/api/os.html */
export const os = {
  module: "os",
  exports: {},
  inert: [
    "EOL",
    "arch",
    "availableParallelism",
    "constants",
    "cpus",
    "devNull",
    "endianness",
    "freemem",
    "getPriority",
    "homedir",
    "hostname",
    "loadavg",
    "machine",
    "networkInterfaces",
    "platform",
    "release",
    "setPriority",
    "tmpdir",
    "totalmem",
    "type",
    "uptime",
    "userInfo",
    "version",
  ],
  inertMembers: {
    homedir: ["withoutStackTrace"],
    hostname: ["withoutStackTrace"],
    uptime: ["withoutStackTrace"],
  },
} as const satisfies ModuleTable;

/** Deprecated (DEP0008): the numbers of os, fs and crypto */
export const constants = {
  module: "constants",
  exports: {},
  inert: ["defaultCipherList", "defaultCoreCipherList"],
} as const satisfies ModuleTable;

/** https://nodejs.org/api/single-executable-applications.html */
export const sea = {
  module: "sea",
  prefix: "required",
  exports: {},
  inert: ["getAsset", "getAssetAsBlob", "getAssetKeys", "getRawAsset", "isSea"],
} as const satisfies ModuleTable;
