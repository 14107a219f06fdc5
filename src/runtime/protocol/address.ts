import net from "node:net";

/** DST or BND: an IPv4 or IPv6 address or a name, and a port. */
export interface Endpoint {
  host: string;
  port: number;
}

/** `host:port`, with brackets around an IPv6 address (RFC 3986 §3.2.2). */
export function authority({ host, port }: Endpoint): string {
  return `${host.includes(":") ? `[${host}]` : host}:${port}`;
}

/** The 4 or 16 bytes of an IP address in text form, network order. */
export function addressBytes(address: string): Buffer {
  return net.isIPv4(address) ? ipv4Bytes(address) : ipv6Bytes(address);
}

/** The IPv4 address that an address is, or stands for (RFC 4291 §2.5.5.2: IPv4-mapped); undefined if there is none. */
export function ipv4Within(address: string): string | undefined {
  if (net.isIPv4(address)) return address;
  if (!net.isIPv6(address)) return undefined;
  const bytes = ipv6Bytes(address);
  const isMapped = bytes.readUInt16BE(10) === 0xffff && bytes.subarray(0, 10).every((byte) => byte === 0);
  return isMapped ? addressText(bytes.subarray(12)) : undefined;
}

function ipv4Bytes(address: string): Buffer {
  const bytes = Buffer.allocUnsafe(4);
  writeIPv4(bytes, address, 0);
  return bytes;
}

/** Writes the 4 bytes of an IPv4 address in text form, digit by digit: this happens at every connect. */
export function writeIPv4(bytes: Uint8Array, address: string, offset: number): void {
  let octet = 0;
  for (let i = 0; i < address.length; i++) {
    const digit = address.charCodeAt(i) - 0x30;
    if (digit >= 0) octet = 10 * octet + digit;
    else {
      bytes[offset++] = octet;
      octet = 0;
    }
  }
  bytes[offset] = octet;
}

function ipv6Bytes(address: string): Buffer {
  const bytes = Buffer.alloc(16);
  const [head, tail] = address.split("::") as [string, string | undefined];
  const before = groups(head);
  const after = tail === undefined ? [] : groups(tail);
  before.forEach((group, i) => bytes.writeUInt16BE(group, 2 * i));
  after.forEach((group, i) => bytes.writeUInt16BE(group, 16 - 2 * (after.length - i)));
  return bytes;
}

/** The 16-bit groups of one side of "::"; a dotted IPv4 part at the end counts as two. */
function groups(text: string): number[] {
  if (text === "") return [];
  return text.split(":").flatMap((group) => {
    if (!group.includes(".")) return [parseInt(group, 16)];
    const dotted = ipv4Bytes(group);
    return [dotted.readUInt16BE(0), dotted.readUInt16BE(2)];
  });
}

/** The text form of 4 or 16 address bytes; IPv6 as RFC 5952 wants it. */
export function addressText(bytes: Uint8Array): string {
  if (bytes.length === 4) return `${bytes[0]}.${bytes[1]}.${bytes[2]}.${bytes[3]}`;
  const words = Array.from({ length: 8 }, (_, i) => ((bytes[2 * i]! << 8) | bytes[2 * i + 1]!).toString(16));
  return compress(words);
}

/** RFC 5952 §4.2: the longest run of two or more zero groups, the first of equals, becomes "::". */
function compress(words: string[]): string {
  let start = -1;
  let length = 1;
  for (let i = 0; i < 8; i++) {
    let run = 0;
    while (i + run < 8 && words[i + run] === "0") run++;
    if (run > length) [start, length] = [i, run];
    i += run;
  }
  if (start < 0) return words.join(":");
  return `${words.slice(0, start).join(":")}::${words.slice(start + length).join(":")}`;
}
