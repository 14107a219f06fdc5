import type { ModuleTable, Row } from "../schema.js";
import { EventSource, WebSocket, fetch } from "../web.js";

/** Dials by itself, or by a dispatcher that does. Rfetch is the way there. */
const dials = { class: "socket", finding: "SOCKS1015" } as const satisfies Row;
const dialer = { ...dials, at: "construct" } as const satisfies Row;

/** https://undici.nodejs.org, versions 5 to 8 */
export const undici = {
  module: "undici",
  finding: "SOCKS1015",
  exports: {
    fetch,
    WebSocket,
    EventSource,
    request: dials,
    stream: dials,
    pipeline: dials,
    connect: dials,
    upgrade: dials,
    WebSocketStream: dialer,
    Client: dialer,
    H2CClient: dialer,
    Pool: dialer,
    BalancedPool: dialer,
    RoundRobinPool: dialer,
    Agent: dialer,
    ProxyAgent: dialer,
    EnvHttpProxyAgent: dialer,
    Socks5ProxyAgent: dialer,
    // What they have no answer for, they ask the network for, unless told otherwise.
    MockAgent: dialer,
    MockClient: dialer,
    MockPool: dialer,
    SnapshotAgent: dialer,
    buildConnector: dials,
    setGlobalDispatcher: dials,
    getGlobalDispatcher: dials,
    // Puts this fetch and this WebSocket in the place of the global ones.
    install: dials,
    // The others pass a request on to the dispatcher that they are composed with.
    interceptors: {
      class: "inert",
      statics: { dns: { class: "dns", finding: "SOCKS1003" } },
      inertMembers: ["cache", "decompress", "deduplicate", "dump", "redirect", "responseError", "retry"],
    },
  },
  inert: [
    "CloseEvent",
    "DecoratorHandler",
    "Dispatcher",
    // Wraps a dispatcher.
    "Dispatcher1Wrapper",
    "ErrorEvent",
    "File",
    "FileReader",
    "FormData",
    "Headers",
    "MessageEvent",
    "MockCallHistory",
    "MockCallHistoryLog",
    "RedirectHandler",
    "Request",
    "Response",
    // Wraps a dispatcher.
    "RetryAgent",
    "RetryHandler",
    "WebSocketError",
    "cacheStores",
    "caches",
    "createRedirectInterceptor",
    "deleteCookie",
    "errors",
    "getCookies",
    "getGlobalOrigin",
    "getSetCookies",
    "mockErrors",
    "parseCookie",
    "parseMIMEType",
    // A frame on a WebSocket that is open.
    "ping",
    "serializeAMimeType",
    "setCookie",
    "setGlobalOrigin",
    "util",
  ],
} as const satisfies ModuleTable;
