import dns = require("node:dns");
import net = require("node:net");
import { settings } from "../config/init";
import { SocksError } from "../errors/SocksError";
import { reservedAddress } from "./reserved";

type Options = dns.LookupOptions | number | null | undefined;

/**
 * `dns.lookup` without a local query: the answer is a reserved address that stands for the name, and that Rconnect
 * turns back into it. Options, their checks and the form of the answer are Node's. Addresses are answered with
 * themselves, and names with a `direct` route are resolved by this machine, as their connections will be.
 */
export const lookup = function lookup(hostname: string, ...rest: unknown[]): void {
  Reflect.apply(dns.lookup, dns, [substitute(hostname, rest[0] as Options), ...rest]);
} as typeof dns.lookup;

/** `dns.promises.lookup`, in the same way. */
export const lookupPromise = function lookup(hostname: string, ...rest: unknown[]): unknown {
  return Reflect.apply(dns.promises.lookup, dns.promises, [
    substitute(hostname, rest[0] as Options),
    ...rest,
  ]);
} as typeof dns.promises.lookup;

/** Node answers an address with itself, without any query: that is how the reserved one gets to the caller. */
function substitute(hostname: string, options: Options): string {
  if (typeof hostname !== "string" || hostname === "" || net.isIP(hostname) || isDirect(hostname))
    return hostname;
  return reservedAddress(hostname, wantsIPv6(options) ? 6 : 4);
}

function wantsIPv6(options: Options): boolean {
  const family: unknown = typeof options === "object" ? options?.family : options;
  return family === 6 || family === "IPv6";
}

/** Whether a rule makes connections to that name direct; port 0 stands for any. */
function isDirect(host: string): boolean {
  try {
    return settings().route({ host, port: 0 }).kind === "direct";
  } catch (error) {
    // What is wrong with the configuration is for the connection to say; nobody is asked until then.
    if (error instanceof SocksError) return false;
    throw error;
  }
}
