import net from "node:net";
import { configurationError } from "../errors/configuration";
import type { Endpoint } from "../protocol/address";

type Matches = (destination: Endpoint) => boolean;

/**
 * Reads a NO_PROXY list: entries separated by commas or blanks; each is `*`, a name (which stands for its
 * subdomains, too, with or without a leading dot or `*.`), an address, or a network `address/bits`; any of them
 * may end in `:port`. This is what curl and Go understand.
 *
 * @param list the value of NO_PROXY
 * @param source where it stood, for messages
 * @returns a test that says whether a destination is listed; a name is never resolved to find out
 * @throws SocksError ESOCKSBADCONF for a network that cannot be read
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
  const matchesHost = readHost(host, source);
  return (destination) => (port === undefined || port === destination.port) && matchesHost(destination);
}

function splitPort(entry: string): { host: string; port?: number } {
  const match = /^(\[[^\]]*\]|[^:]*):(\d+)$/.exec(entry);
  const host = (match?.[1] ?? entry).replace(/^\[|\]$/g, "");
  return match ? { host, port: Number(match[2]) } : { host };
}

function readHost(host: string, source: string): Matches {
  if (host === "*") return () => true;
  if (net.isIP(host) || host.includes("/")) return readNetwork(host, source);
  const name = host.replace(/^\*?\.?/, "").toLowerCase();
  return (destination) => {
    const asked = destination.host.toLowerCase().replace(/\.$/, "");
    return asked === name || asked.endsWith(`.${name}`);
  };
}

function readNetwork(text: string, source: string): Matches {
  const [address, bits] = text.split("/") as [string, string | undefined];
  const family = net.isIP(address);
  const width = family === 6 ? 128 : 32;
  const length = bits === undefined ? width : /^\d+$/.test(bits) ? Number(bits) : NaN;
  if (!family || !(length <= width))
    throw configurationError(`${source}: "${text}" is no network`, "Write it as 10.0.0.0/8 or fd00::/8.");
  const network = new net.BlockList();
  network.addSubnet(address, length, family === 6 ? "ipv6" : "ipv4");
  return ({ host }) => {
    const kind = net.isIP(host);
    return kind !== 0 && network.check(host, kind === 6 ? "ipv6" : "ipv4");
  };
}
