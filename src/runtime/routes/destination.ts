import net from "node:net";
import { domainToASCII } from "node:url";
import type { Endpoint } from "../protocol/address";
import { ProtocolFailure } from "../protocol/failure";
import type { Proxy } from "./proxy";

/**
 * DST as it goes over the wire: names that are not ASCII become punycode, and an unspecified address becomes
 * loopback, which is what the system that connects to it makes of it (ip(7): INADDR_ANY).
 *
 * @param proxy the one that is asked for it
 * @throws ProtocolFailure ENOTFOUND for a host that is no name, EINVAL for one that means something here only,
 *   EAFNOSUPPORT for IPv6 over SOCKS4
 */
export function wireDestination({ host, port }: Endpoint, proxy: Proxy): Endpoint {
  const family = net.isIP(host);
  if (family === 0) return { host: wireName(host), port };
  if (host.includes("%"))
    throw failure(
      "EINVAL",
      "an address with a zone identifier means something on this machine only",
      "Give an address without %zone, or exempt it with NO_PROXY.",
    );
  if (proxy.version === 4 && family === 6)
    throw failure(
      "EAFNOSUPPORT",
      "SOCKS4 has no way to name an IPv6 destination",
      "Use a SOCKS5 proxy, or give the destination as a name.",
    );
  if (host === "0.0.0.0") return { host: "127.0.0.1", port };
  if (host === "::") return { host: "::1", port };
  return { host, port };
}

/**
 * A host name in the form that goes over the wire.
 *
 * @throws ProtocolFailure ENOTFOUND for one that no resolver could find: RFC 1035 §2.3.4 limits labels to 63 and
 *   names to 255 octets (253 characters), and RFC 1928 §5 gives the length one octet
 */
export function wireName(host: string): string {
  const name = /^[\x21-\x7e]*$/.test(host) ? host : domainToASCII(host);
  const labels = name.replace(/\.$/, "").split(".");
  if (labels.join(".").length > 253 || labels.some((label) => label === "" || label.length > 63))
    throw failure(
      "ENOTFOUND",
      "the host name is empty, invalid or too long: 63 characters between dots, 253 in all",
      "Check the name.",
    );
  return name;
}

function failure(code: string, reason: string, remedy: string): ProtocolFailure {
  return new ProtocolFailure(code, reason, remedy, "destination");
}
