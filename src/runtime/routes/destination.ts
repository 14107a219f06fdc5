import net from "node:net";
import { domainToASCII } from "node:url";
import type { Endpoint } from "../protocol/address";
import { ProtocolFailure } from "../protocol/failure";
import type { Proxy } from "./proxy";

/**
 * DST as it goes over the wire: names that are not ASCII become punycode.
 *
 * @param proxy the one that is asked for it
 * @throws ProtocolFailure EINVAL for a host that no SOCKS request can carry, EAFNOSUPPORT for IPv6 over SOCKS4
 */
export function wireDestination({ host, port }: Endpoint, proxy: Proxy): Endpoint {
  const zone = host.indexOf("%");
  if (zone >= 0 && net.isIPv6(host))
    throw unsendable(
      "an address with a zone identifier means something on this machine only",
      "Give an address without %zone, or exempt it with NO_PROXY.",
    );
  if (proxy.version === 4 && net.isIPv6(host))
    throw new ProtocolFailure(
      "EAFNOSUPPORT",
      "SOCKS4 has no way to name an IPv6 destination",
      "Use a SOCKS5 proxy, or give the destination as a name.",
      "destination",
    );
  if (net.isIP(host)) return { host, port };
  const name = /^[\x21-\x7e]*$/.test(host) ? host : domainToASCII(host);
  // RFC 1928 §5: the first octet of a DOMAINNAME contains its length.
  if (name === "" || name.length > 255)
    throw unsendable(
      "the host name is empty, invalid, or longer than the 255 bytes a SOCKS request can hold",
      "Check the name.",
    );
  return { host: name, port };
}

function unsendable(reason: string, remedy: string): ProtocolFailure {
  return new ProtocolFailure("EINVAL", reason, remedy, "destination");
}
