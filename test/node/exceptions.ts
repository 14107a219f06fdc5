import type { SupportedMajor } from "../support/node-versions";

/** A test of Node that cannot pass through a proxy. */
export interface Exception {
  test: string;
  reason: string;
  /** The release lines of which this is true. Default all. */
  lines?: readonly SupportedMajor[];
  /** It depends on a race, which may be won: no promise in either direction. */
  races?: true;
}

/** A bind() before connect() claims an address of this machine, and the proxy uses its own. */
const PROXY_ADDRESS = "the server sees the proxy's address, not the localAddress that the client asked for";

export const exceptions: readonly Exception[] = [
  { test: "test-net-server-blocklist.js", reason: PROXY_ADDRESS, lines: [22, 24, 26] },
  {
    test: "test-net-boundsocket.js",
    reason: "the server sees the proxy's address, not the one that net.BoundSocket has bound here",
    lines: [24, 26],
  },
  { test: "test-http-localaddress.js", reason: PROXY_ADDRESS },
  { test: "test-https-localaddress.js", reason: PROXY_ADDRESS },
  { test: "test-http2-connect-options.js", reason: PROXY_ADDRESS },
  { test: "test-tls-wrap-econnreset-localaddress.js", reason: PROXY_ADDRESS },
  {
    test: "test-http-parser-timeout-reset.js",
    reason:
      "hands the handle of a socket that is not connected yet to an HTTP parser of process.binding, which then gets " +
      "the proxy's answers to read",
  },
  {
    test: "test-https-agent-unref-socket.js",
    reason:
      "the program ends, because its only socket is unref'd, while the proxy is still answering: Dante then resets " +
      "its connection to the server, which expects a FIN",
    races: true,
  },
  {
    test: "test-http2-allow-http1-upgrade-ws.js",
    reason:
      "gives WebSocket an undici dispatcher of its own, which would dial by itself: the runtime refuses that rather " +
      "than connect directly",
    lines: [22, 24, 26],
  },
];
