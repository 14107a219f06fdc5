import net from "node:net";
import { domainToASCII } from "node:url";

/**
 * Addresses that stand for names. A program that insists on resolving first gets one of these, and Rconnect turns
 * it back into the name, which the proxy resolves (Dante's `resolveprotocol: fake`).
 *
 * They come from blocks no host has: 240.0.0.0/4 (RFC 1112 §4, reserved) and 100::/64 (RFC 6666, discard-only), so
 * that one which escapes to a plain `connect` leads nowhere.
 */
const BLOCKS = {
  4: { first: 0xf0000001, last: 0xfffffffe, text: ipv4Text },
  6: { first: 1, last: 0xffffffff, text: ipv6Text },
} as const;

type Family = keyof typeof BLOCKS;

const reservedBlocks = new net.BlockList();
reservedBlocks.addRange("240.0.0.0", "255.255.255.254", "ipv4");
reservedBlocks.addSubnet("100::", 64, "ipv6");

/** What can be an address of these blocks, also in its IPv4-mapped form; a BlockList is too slow to ask at every connect. */
const mayBeReserved = /^(?:2[45]\d\.|0*100:|[0:]*:ffff:)/i;

/** More names than this are not remembered; the longest unused is forgotten. Its address is never used again. */
const REMEMBERED = 65_536;

const names = new Map<string, string>();
const addresses = new Map<string, string>();
const next = { 4: BLOCKS[4].first, 6: BLOCKS[6].first };

/**
 * The address that stands for `name`, the same each time.
 *
 * @throws RangeError after some 268 million different names in one process
 */
export function reservedAddress(name: string, family: Family): string {
  const canonical = (domainToASCII(name) || name).toLowerCase();
  const key = `${family} ${canonical}`;
  const known = addresses.get(key);
  const address = known ?? fresh(family);
  // Deleting first makes it the most recently used: a Map keeps insertion order.
  if (known) forget(key, known);
  addresses.set(key, address);
  names.set(address, canonical);
  if (addresses.size > REMEMBERED) {
    const [oldest] = addresses;
    forget(...oldest!);
  }
  return address;
}

/** The name that `address` stands for; undefined for any other address, and for a forgotten one. */
export function nameBehind(address: string): string | undefined {
  return names.get(address);
}

/** Whether `address` is of a reserved block, and so means nothing to anyone but us. */
export function isReserved(address: string): boolean {
  if (!mayBeReserved.test(address)) return false;
  const family = net.isIP(address);
  return family !== 0 && reservedBlocks.check(address, family === 6 ? "ipv6" : "ipv4");
}

function forget(key: string, address: string): void {
  addresses.delete(key);
  names.delete(address);
}

function fresh(family: Family): string {
  const { last, text } = BLOCKS[family];
  if (next[family] > last) throw new RangeError("no reserved address is left to stand for another name");
  return text(next[family]++);
}

function ipv4Text(number: number): string {
  return [24, 16, 8, 0].map((shift) => (number >>> shift) & 0xff).join(".");
}

/** RFC 5952: no leading zeros, and never "::" where a single group would do. */
function ipv6Text(number: number): string {
  const [high, low] = [Math.floor(number / 0x10000), number & 0xffff];
  return high === 0 ? `100::${low.toString(16)}` : `100::${high.toString(16)}:${low.toString(16)}`;
}
