import net from "node:net";
import { domainToASCII } from "node:url";
import { configurationError, quoted } from "../errors/configuration";
import type { Endpoint } from "../protocol/address";

type Matches = (destination: Endpoint) => boolean;

/**
 * Reads a NO_PROXY list: entries separated by commas or blanks; each is `*`, a name (which stands for its
 * subdomains, too, with or without a leading dot or `*.`), an address, or a network `address/bits`; any of them
 * may end in `:port`. This is what curl and Go understand. Names compare without case, in ASCII form and without the
 * final dot.
 *
 * @param list the value of NO_PROXY
 * @param source where it stood, for messages
 * @returns a test that says whether a destination is listed; a name is never resolved to find out
 * @throws SocksError ESOCKSBADCONF for an entry that is none of these, and so would never match
 */
export function readNoProxy(list: string, source: string): Matches {
  const entries = readEntries(list, source);
  return (destination) => entries.some(({ matches }) => matches(destination));
}

/** One entry of such a list. */
export interface Entry {
  text: string;
  matches: Matches;
}

/** As {@link readNoProxy}, entry by entry. */
export function readEntries(list: string, source: string): Entry[] {
  return list
    .split(/[\s,]+/)
    .filter((text) => text !== "")
    .map((text) => ({ text, matches: readEntry(text, source) }));
}

function readEntry(entry: string, source: string): Matches {
  const { host, port } = splitPort(entry);
  const matchesHost = port === undefined || port <= 0xffff ? readHost(host) : undefined;
  if (!matchesHost)
    throw configurationError(
      `${source}: ${quoted(entry)} is no name, address or network, with or without a port`,
      "Write it as example.com, .example.com, 192.0.2.1, 10.0.0.0/8, fd00::/8, [fd00::1]:443 or *.",
    );
  return (destination) => (port === undefined || port === destination.port) && matchesHost(destination);
}

function splitPort(entry: string): { host: string; port?: number } {
  const match = /^(\[[^\]]*\]|[^:]*):(\d+)$/.exec(entry);
  const host = (match?.[1] ?? entry).replace(/^\[(.*)\]$/, "$1");
  return match ? { host, port: Number(match[2]) } : { host };
}

/** @returns undefined for what is none */
function readHost(host: string): Matches | undefined {
  if (host === "*") return () => true;
  if (net.isIP(host) || host.includes("/")) return readNetwork(host);
  const name = canonical(host.replace(/^\*?\.?/, ""));
  if (!/^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*$/.test(name)) return undefined;
  return (destination) => {
    const asked = canonical(destination.host);
    return asked === name || asked.endsWith(`.${name}`);
  };
}

/** A name in the form in which it is compared. */
function canonical(name: string): string {
  const ascii = /^[\x21-\x7e]*$/.test(name) ? name : domainToASCII(name);
  return ascii.toLowerCase().replace(/\.$/, "");
}

function readNetwork(text: string): Matches | undefined {
  const [address, bits] = text.split("/") as [string, string | undefined];
  const family = net.isIP(address);
  const width = family === 6 ? 128 : 32;
  const length = bits === undefined ? width : /^\d+$/.test(bits) ? Number(bits) : NaN;
  if (!family || !(length <= width)) return undefined;
  const network = new net.BlockList();
  network.addSubnet(address, length, family === 6 ? "ipv6" : "ipv4");
  return ({ host }) => {
    const kind = net.isIP(host);
    return kind !== 0 && network.check(host, kind === 6 ? "ipv6" : "ipv4");
  };
}
