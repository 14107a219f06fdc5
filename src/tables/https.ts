import { http } from "./http.js";
import type { ModuleTable } from "./schema.js";

const { createConnection } = http.exports.Agent.members;

/** https://nodejs.org/api/https.html */
export const https = {
  module: "https",
  namespace: "Rhttps",
  redirect: "@tsocksify/runtime/https",
  exports: {
    request: { class: "socket", becomes: "Rhttps.request" },
    get: { class: "socket", becomes: "Rhttps.get" },
    Agent: {
      class: "socket",
      becomes: "Rhttps.Agent",
      at: "construct",
      members: { createConnection },
      inertMembers: ["_cacheSession", "_evictSession", "_getSession", "getName", "keepSocketAlive"],
    },
    globalAgent: { class: "socket", becomes: "Rhttps.globalAgent" },
  },
  inert: ["Server", "createServer"],
  inertMembers: { Server: http.inertMembers.Server },
} as const satisfies ModuleTable;
