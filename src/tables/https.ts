import type { ModuleTable } from "./schema.js";

/** https://nodejs.org/api/https.html */
export const https = {
  module: "https",
  namespace: "Rhttps",
  redirect: "@tsocksify/runtime/https",
  exports: {
    request: { class: "socket", becomes: "Rhttps.request" },
    get: { class: "socket", becomes: "Rhttps.get" },
    Agent: { class: "socket", becomes: "Rhttps.Agent", at: "construct" },
    globalAgent: { class: "socket", becomes: "Rhttps.globalAgent" },
  },
  inert: ["Server", "createServer"],
} as const satisfies ModuleTable;
