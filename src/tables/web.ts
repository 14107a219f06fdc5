import type { Row } from "./schema.js";

// The clients of the web platform, which are globals of every runtime and exports of several modules.

/** https://fetch.spec.whatwg.org/#fetch-method */
export const fetch = { class: "socket", becomes: "Rfetch" } as const satisfies Row;
/** https://websockets.spec.whatwg.org/#the-websocket-interface */
export const WebSocket = { class: "socket", becomes: "RWebSocket", optional: true } as const satisfies Row;
/** https://html.spec.whatwg.org/multipage/server-sent-events.html#the-eventsource-interface */
export const EventSource = {
  class: "socket",
  becomes: "REventSource",
  optional: true,
} as const satisfies Row;
