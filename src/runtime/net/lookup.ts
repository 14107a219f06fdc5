import dns = require("node:dns");
import net = require("node:net");
import { SocksError } from "../errors/SocksError";
import { ProtocolFailure } from "../protocol/failure";
import { wireName } from "../routes/destination";
import { changed } from "./changed";
import type { ConnectOptions } from "./internals";
import type { Job } from "./job";

type Lookup = net.LookupFunction;
type Callback = (error: Error | null, address?: unknown, family?: number) => void;

/**
 * The options to run Node's connect with, so that no destination is looked up here. A `lookup` function of the
 * program's own is asked as ever: it is the program that resolves, and the addresses that it finds become the
 * destinations. Node's `dns.lookup` counts as none.
 */
export function withLookup(
  socket: net.Socket,
  options: ConnectOptions,
  { ownLookup, settings }: Job,
): ConnectOptions {
  const { lookup } = options;
  if (typeof lookup === "function" && ownLookup)
    return changed(options, {
      lookup: later(lookup),
      // A handshake takes longer than the quarter of a second that Node would wait before the next address.
      ...(settings && {
        autoSelectFamilyAttemptTimeout: options.autoSelectFamilyAttemptTimeout ?? settings.timeout,
      }),
    });
  // For an address Node asks nobody.
  if (net.isIP(String(options.host)) !== 0) return options;
  // Of a socket that has this option; Node checks addresses with it (since 22.13).
  const { blockList } = socket as { blockList?: net.BlockList };
  const standsIn = (lookup ?? dns.lookup) === dns.lookup;
  return changed(options, {
    lookup: standsIn ? standInLookup(options, blockList !== undefined) : lookup!,
  });
}

/** Whether the program resolves names itself. Node's `dns.lookup`, said out loud, is what happens anyway. */
export function isOwnLookup(lookup: ConnectOptions["lookup"]): boolean {
  return typeof lookup === "function" && lookup !== (dns.lookup as unknown);
}

/** Answers for a name that the proxy will resolve; what it answers is never dialled. */
function standInLookup(options: ConnectOptions, blocks: boolean): Lookup {
  return ((name: unknown, query: dns.LookupOptions, callback: Callback) => {
    // Node's own lookup says what is wrong with its arguments; for an address it asks nobody.
    if (typeof name !== "string") return dns.lookup(name as string, query, callback as never);
    if (options.family !== undefined || options.hints !== undefined)
      dns.lookup("127.0.0.1", query, () => undefined);
    const error = impossible(name, options.port) ?? (blocks ? unchecked(name, options.port) : undefined);
    if (error) return process.nextTick(callback, error);
    const address = "127.0.0.1";
    process.nextTick(callback, null, query.all ? [{ address, family: 4 }] : address, 4);
  }) as Lookup;
}

/** What is wrong with a name that no resolver could find, and no request could carry. */
function impossible(name: string, port: unknown): SocksError | undefined {
  try {
    wireName(name);
    return undefined;
  } catch (error) {
    const { code, reason, remedy, stage } = error as ProtocolFailure;
    return new SocksError({
      code,
      reason,
      remedy,
      stage,
      syscall: "getaddrinfo",
      address: name,
      port: Number(port),
    });
  }
}

/** Only the proxy knows the address that the option blockList is about. */
function unchecked(name: string, port: unknown): SocksError {
  return new SocksError({
    code: "ERR_IP_BLOCKED",
    stage: "configuration",
    address: name,
    port: Number(port),
    reason:
      "the option blockList cannot be obeyed, since the proxy resolves the name and does not tell its address",
    remedy:
      "Give an address, or a lookup function of your own (with Rdns.resolve4, for example); or have the proxy's " +
      "ruleset deny these addresses, and leave the option out.",
  });
}

/** A lookup that answers at once would have Node dial before the stand-in is in place. */
function later(lookup: Lookup): Lookup {
  return (name, query, callback) => {
    let returned = false;
    lookup(name, query, (...answer) => {
      if (returned) callback(...answer);
      else process.nextTick(() => callback(...answer));
    });
    returned = true;
  };
}
