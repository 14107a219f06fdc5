import { domainToASCII } from "node:url";

/** Where reading ended, behind the name. */
export interface ReadName {
  name: string;
  end: number;
}

/** RFC 1035 §2.3.4. */
const LONGEST_LABEL = 63;
const LONGEST_NAME = 255;

/**
 * A domain name on the wire (RFC 1035 §3.1); names that are not ASCII as punycode.
 *
 * @returns undefined for what is no domain name
 */
export function encodeName(name: string): Buffer | undefined {
  // eslint-disable-next-line no-control-regex
  const ascii = /^[\x00-\x7f]*$/.test(name) ? name : domainToASCII(name);
  const labels = ascii.replace(/\.$/, "").split(".");
  if (ascii === ".") return Buffer.from([0]);
  if (labels.some((label) => label.length === 0 || label.length > LONGEST_LABEL)) return undefined;
  const wire = Buffer.concat([
    ...labels.map((label) => Buffer.from(`${String.fromCharCode(label.length)}${label}`, "latin1")),
    Buffer.from([0]),
  ]);
  return wire.length > LONGEST_NAME ? undefined : wire;
}

/**
 * Reads a name, following compression pointers (RFC 1035 §4.1.4).
 *
 * @throws RangeError for a name that runs out of the message, or in circles
 */
export function readName(message: Buffer, start: number): ReadName {
  const labels: string[] = [];
  let at = start;
  let end = -1;
  for (;;) {
    const length = message.readUInt8(at);
    if (length === 0) return { name: labels.join("."), end: end < 0 ? at + 1 : end };
    if ((length & 0xc0) === 0xc0) {
      const target = message.readUInt16BE(at) & 0x3fff;
      // A pointer names "a prior occurrence", so it cannot go round in circles.
      if (target >= at) throw new RangeError("a compression pointer does not point backwards");
      if (end < 0) end = at + 2;
      at = target;
      continue;
    }
    if (length > LONGEST_LABEL || at + 1 + length > message.length)
      throw new RangeError("a label is too long");
    labels.push(escaped(message.toString("latin1", at + 1, at + 1 + length)));
    at += 1 + length;
    if (labels.length > LONGEST_NAME / 2) throw new RangeError("a name is too long");
  }
}

/** Master file notation (RFC 1035 §5.1), as c-ares and so Node print it. */
function escaped(label: string): string {
  return label
    .replace(/[.\\"$();@]/g, "\\$&")
    .replace(/[^\x21-\x7e]/g, (char) => `\\${String(char.charCodeAt(0)).padStart(3, "0")}`);
}
