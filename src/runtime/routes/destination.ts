import net from "node:net";
import { domainToASCII } from "node:url";
import type { Endpoint } from "../protocol/address";
import { ProtocolFailure } from "../protocol/failure";

/**
 * DST as it goes over the wire: names that are not ASCII become punycode.
 *
 * @throws ProtocolFailure (code EINVAL) for a host that no SOCKS request can carry
 */
export function wireDestination({ host, port }: Endpoint): Endpoint {
  const zone = host.indexOf("%");
  if (zone >= 0 && net.isIPv6(host))
    throw unsendable(
      "an address with a zone identifier means something on this machine only",
      "Give an address without %zone, or exempt it with NO_PROXY.",
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
