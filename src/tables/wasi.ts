import type { ModuleTable } from "./schema.js";

/** https://nodejs.org/api/wasi.html: WebAssembly with system calls, those for sockets (sock_accept …) among them. */
export const wasi = {
  module: "wasi",
  finding: "SOCKS1013",
  exports: {
    WASI: {
      class: "native",
      finding: "SOCKS1013",
      at: "construct",
      inertMembers: ["finalizeBindings", "getImportObject", "initialize", "start"],
    },
  },
  inert: [],
} as const satisfies ModuleTable;
