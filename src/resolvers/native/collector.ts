/**
 * How much the heap of TypeScript 7, a Go program, may grow before its garbage collector runs again, in percent of what is in
 * use. Go's own 100 is made for servers; a compiler keeps most of what it allocates, and is soon gone. What the figure costs and gives is
 * in test/bench/PERFORMANCE.md. See https://go.dev/doc/gc-guide#GOGC.
 */
const GOGC = "400";

/**
 * The environment to run TypeScript 7 in. Whoever sets GOGC, or a limit of memory by GOMEMLIMIT, is obeyed.
 *
 * @param environment what it would inherit
 */
export function nativeEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const isSet = ["GOGC", "GOMEMLIMIT"].some((name) => environment[name] !== undefined);
  return isSet ? environment : { ...environment, GOGC };
}

/** Starts TypeScript 7 through its API, whose process inherits our environment and takes no other. */
export function startInNativeEnvironment<T>(start: () => T): T {
  const inherited = process.env;
  process.env = nativeEnvironment(inherited);
  try {
    return start();
  } finally {
    process.env = inherited;
  }
}
