/** A test of Node that cannot pass through a proxy. */
export interface Exception {
  test: string;
  reason: string;
}

/** A reset is a property of one TCP connection; through a proxy there are two. */
const RESET =
  "resets the connection and expects the far end to see that: Dante ends the other connection with a FIN";

/** Also net's rule: bind() before connect() claims an address of this machine, and the proxy uses its own. */
const PROXY_ADDRESS = "the server sees the proxy's address, not the localAddress that the client asked for";

const exceptions: readonly Exception[] = [
  { test: "test-net-connect-reset-after-destroy.js", reason: RESET },
  { test: "test-net-connect-reset-until-connected.js", reason: RESET },
  { test: "test-net-server-reset.js", reason: RESET },
  { test: "test-net-socket-reset-send.js", reason: RESET },
  { test: "test-http-localaddress.js", reason: PROXY_ADDRESS },
  { test: "test-https-localaddress.js", reason: PROXY_ADDRESS },
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
  },
];

/** Why a test is not expected to pass. It may pass nevertheless: a race that is usually lost is not a promise. */
export function exceptionFor(test: string): Exception | undefined {
  return exceptions.find((exception) => exception.test === test);
}
