import type { ModuleTable } from "./schema.js";

const open = { class: "socket", finding: "SOCKS1015" } as const;

/** https://nodejs.org/api/inspector.html. `open` listens for debuggers; a Session talks to the own process. */
export const inspector = {
  module: "inspector",
  finding: "SOCKS1015",
  exports: { open },
  inert: [
    "DOMStorage",
    "Network",
    "NetworkResources",
    "Session",
    "close",
    "console",
    "url",
    "waitForDebugger",
  ],
  inertMembers: {
    console: [
      "assert",
      "clear",
      "context",
      "count",
      "countReset",
      "debug",
      "dir",
      "dirxml",
      "error",
      "group",
      "groupCollapsed",
      "groupEnd",
      "info",
      "log",
      "profile",
      "profileEnd",
      "table",
      "time",
      "timeEnd",
      "timeLog",
      "timeStamp",
      "trace",
      "warn",
    ],
    Session: ["connect", "connectToMainThread", "disconnect", "post"],
    Network: [
      "dataReceived",
      "dataSent",
      "loadingFailed",
      "loadingFinished",
      "requestWillBeSent",
      "responseReceived",
      "webSocketClosed",
      "webSocketCreated",
      "webSocketHandshakeResponseReceived",
    ],
    NetworkResources: ["put"],
    DOMStorage: [
      "domStorageItemAdded",
      "domStorageItemRemoved",
      "domStorageItemUpdated",
      "domStorageItemsCleared",
      "registerStorage",
    ],
  },
} as const satisfies ModuleTable;

/** https://nodejs.org/api/inspector.html#promises-api */
export const inspectorPromises = {
  module: "inspector/promises",
  finding: "SOCKS1015",
  exports: { open },
  inert: inspector.inert,
  inertMembers: { ...inspector.inertMembers, Session: ["post"] },
} as const satisfies ModuleTable;
