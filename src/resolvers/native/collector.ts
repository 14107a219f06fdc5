import { totalmem } from "node:os";

/**
 * How the garbage collector of TypeScript 7, a Go program, is set. Go's own GOGC, 100, is made for servers; a compiler keeps
 * most of what it allocates, and is soon gone. What each gives and costs is in test/bench/PERFORMANCE.md.
 * See https://go.dev/doc/gc-guide#GOGC and #Memory_limit.
 */
interface Collector {
  readonly GOGC: string;
  readonly GOMEMLIMIT?: string;
}

/** Of a process that compiles once: nothing is collected unless memory would become short. */
function forOnce(): Collector {
  return { GOGC: "off", GOMEMLIMIT: `${Math.floor(memory() / 2)}B` };
}

/** Of a process that is asked again and again: the heap may grow by four times what is in use. */
const lasting: Collector = { GOGC: "400" };

/** What the machine, or the container, has, in bytes. */
function memory(): number {
  const constrained = process.constrainedMemory();
  return constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
}

/**
 * The environment to run TypeScript 7 in. Whoever sets GOGC, or a limit of memory by GOMEMLIMIT, is obeyed.
 *
 * @param environment what it would inherit
 * @param lasts whether it is asked again and again, as in watch mode
 */
export function nativeEnvironment(environment: NodeJS.ProcessEnv, lasts = false): NodeJS.ProcessEnv {
  const isSet = ["GOGC", "GOMEMLIMIT"].some((name) => environment[name] !== undefined);
  return isSet ? environment : { ...environment, ...(lasts ? lasting : forOnce()) };
}

/** Starts TypeScript 7 through its API, whose process inherits our environment and takes no other. */
export function startInNativeEnvironment<T>(start: () => T, lasts = false): T {
  const inherited = process.env;
  process.env = nativeEnvironment(inherited, lasts);
  try {
    return start();
  } finally {
    process.env = inherited;
  }
}
