/** A test of Node that cannot pass through a proxy. */
export interface Exception {
  test: string;
  reason: string;
}

/** A reset is a property of one TCP connection; through a proxy there are two. */
const RESET =
  "resets the connection and expects the far end to see that: Dante ends the other connection with a FIN";

const exceptions: readonly Exception[] = [
  { test: "test-net-connect-reset-after-destroy.js", reason: RESET },
  { test: "test-net-connect-reset-until-connected.js", reason: RESET },
  { test: "test-net-server-reset.js", reason: RESET },
  { test: "test-net-socket-reset-send.js", reason: RESET },
];

/** Why a test is not expected to pass. It may pass nevertheless: a race that is usually lost is not a promise. */
export function exceptionFor(test: string): Exception | undefined {
  return exceptions.find((exception) => exception.test === test);
}
