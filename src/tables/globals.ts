import type { GlobalTable } from "./schema.js";

/** https://nodejs.org/api/globals.html */
export const globals = {
  globals: {
    fetch: { class: "socket", becomes: "Rfetch" },
    WebSocket: { class: "socket", becomes: "RWebSocket" },
    EventSource: { class: "socket", becomes: "REventSource" },
  },
  inert: [],
} as const satisfies GlobalTable;
