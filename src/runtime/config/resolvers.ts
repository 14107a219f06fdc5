import net from "node:net";
import { configurationError, quoted } from "../errors/configuration";
import type { Endpoint } from "../protocol/address";

/** RFC 1035 §4.2. */
const DNS_PORT = 53;

/**
 * @param servers `9.9.9.9`, `dns.example`, `dns.example:5353`, `2620:fe::9`, `[2620:fe::9]:5353`
 * @throws SocksError ESOCKSBADCONF
 */
export function readResolvers(servers: string | readonly string[]): Endpoint[] {
  return (typeof servers === "string" ? [servers] : servers).map(readServer);
}

function readServer(text: string): Endpoint {
  if (net.isIP(text)) return { host: text, port: DNS_PORT };
  const [, bracketed, plain, digits] = /^(?:\[([^\]]+)\]|([^\s:[\]]+))(?::(\d+))?$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  const port = digits === undefined ? DNS_PORT : Number(digits);
  if (!host || (bracketed && !net.isIPv6(bracketed)) || port < 1 || port > 65535)
    throw configurationError(
      `the option resolver has ${quoted(text)}, which is no name server`,
      "Write it as an address, host:port or [address]:port.",
    );
  return { host, port };
}
