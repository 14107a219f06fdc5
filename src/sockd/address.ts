import { isIP } from "node:net";
import { domainToASCII } from "node:url";
import { Refusal, Reply } from "./errors";
import type { HandshakeReader } from "./reader";
import type { Address } from "./request";

/** RFC 1928 §5, field ATYP. */
const enum Atyp {
  IPv4 = 1,
  DomainName = 3,
  IPv6 = 4,
}

/** Reads ATYP, ADDR and PORT (RFC 1928 §4). */
export async function readAddress(reader: HandshakeReader): Promise<Address> {
  const atyp = await reader.byte();
  let host: string;
  if (atyp === Atyp.IPv4) host = formatIPv4(await reader.bytes(4));
  else if (atyp === Atyp.IPv6) host = formatIPv6(await reader.bytes(16));
  else if (atyp === Atyp.DomainName) {
    const name = await reader.bytes(
      await reader.byte().then((length) => length || Promise.reject(emptyName())),
    );
    const port = await reader.bytes(2);
    return { host: parseName(name), port: port.readUInt16BE() };
  } else throw new Refusal(Reply.AddressTypeNotSupported, `address type ${atyp} is unknown`);
  return { host, port: (await reader.bytes(2)).readUInt16BE() };
}

function emptyName(): Refusal {
  return new Refusal(Reply.GeneralFailure, "the destination's name is empty");
}

/** Writes ATYP, ADDR and PORT. */
export function writeAddress({ host, port }: Address): Buffer {
  const tail = Buffer.alloc(2);
  tail.writeUInt16BE(port);
  const v4 = parseIPv4(host);
  return v4
    ? Buffer.concat([Buffer.from([Atyp.IPv4]), v4, tail])
    : Buffer.concat([Buffer.from([Atyp.IPv6]), parseIPv6(host), tail]);
}

/** A host name from the wire: UTF-8 becomes punycode, and nothing passes that no resolver should see. */
export function parseName(bytes: Buffer): string {
  const text = bytes.toString("utf8");
  // domainToASCII drops line breaks and tabs, as URLs do, and rejects what is common in names, "_".
  const ascii = isPrintable(text) && !/^[\x21-\x7e]+$/.test(text) ? domainToASCII(text) : text;
  if (!/^[A-Za-z0-9._:-]+$/.test(ascii))
    throw new Refusal(
      Reply.GeneralFailure,
      `the destination's name is no host name: ${JSON.stringify(text)}`,
    );
  return ascii;
}

function isPrintable(text: string): boolean {
  return !/[\p{Cc}\p{Z}\p{Cf}]/u.test(text);
}

export function formatIPv4(bytes: Buffer): string {
  return bytes.join(".");
}

function formatIPv6(bytes: Buffer): string {
  const groups = Array.from({ length: 8 }, (_, i) => bytes.readUInt16BE(2 * i).toString(16));
  // The URL parser writes the canonical form of RFC 5952.
  const canonical = new URL(`http://[${groups.join(":")}]`).hostname.slice(1, -1);
  return plainIP(canonical);
}

/** 4 bytes, or undefined if `host` is not an IPv4 address, mapped into IPv6 or not. */
export function parseIPv4(host: string): Buffer | undefined {
  const plain = plainIP(host);
  return isIP(plain) === 4 ? Buffer.from(plain.split(".").map(Number)) : undefined;
}

function parseIPv6(host: string): Buffer {
  const canonical = new URL(`http://[${host.replace(/%.*$/, "")}]`).hostname.slice(1, -1);
  const [head, tail] = canonical.split("::").map((half) => (half ? half.split(":") : []));
  const groups = tail ? [...head!, ...Array(8 - head!.length - tail.length).fill("0"), ...tail] : head!;
  const bytes = Buffer.alloc(16);
  groups.forEach((group, i) => bytes.writeUInt16BE(parseInt(group, 16), 2 * i));
  return bytes;
}

/** An IPv4 address that is mapped into IPv6 as plain IPv4, so that no rule for one misses the other. */
export function plainIP(host: string): string {
  const dotted = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(host);
  if (dotted) return dotted[1]!;
  const hex = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/i.exec(host);
  if (!hex) return host;
  const bytes = Buffer.alloc(4);
  bytes.writeUInt16BE(parseInt(hex[1]!, 16), 0);
  bytes.writeUInt16BE(parseInt(hex[2]!, 16), 2);
  return formatIPv4(bytes);
}
