import { getEnvironmentData, isMainThread, setEnvironmentData } from "node:worker_threads";
import { configurationError } from "../errors/configuration";
import type { SocksOptions } from "./options";

/** Under which the configuration is among what Node hands to each new worker thread. */
const KEY = "@tsocksify/runtime";

interface Configuration {
  name: string;
  /** Undefined where they cannot be handed to another thread. */
  options: SocksOptions | undefined;
}

/**
 * Worker threads that are started from now on begin with this configuration, as a fork of a C program began with that
 * of its parent.
 */
export function passOn(name: string, options: SocksOptions): void {
  setEnvironmentData(KEY, { name, options: snapshot(options) } satisfies Configuration as never);
}

const given = (isMainThread ? undefined : getEnvironmentData(KEY)) as Configuration | undefined;

/** What the thread that started this one was configured with; in the main thread, nothing. */
export const inherited = {
  name: given?.name ?? "",
  /** What to watch for from the beginning. */
  guard: given?.options?.guard,
  /** @throws SocksError ESOCKSBADCONF when the options could not be handed over */
  options(): SocksOptions {
    if (!given) return {};
    if (given.options) return given.options;
    throw configurationError(
      "the options of SOCKSinit in the thread that started this worker cannot be passed on to it: one of them holds a function or a native object",
      "Call SOCKSinit(name, options) in the worker, too.",
    );
  },
};

function snapshot(options: SocksOptions): SocksOptions | undefined {
  try {
    return structuredClone(withoutUrls(options)) as SocksOptions;
  } catch {
    return undefined;
  }
}

/** A URL is no plain object, and would arrive as an empty one. */
function withoutUrls(value: unknown): unknown {
  if (value instanceof URL) return value.href;
  if (Array.isArray(value)) return value.map(withoutUrls);
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withoutUrls(each)]));
}
