import { addressText } from "../protocol/address";
import { readName } from "./name";
import type { RecordType, ResourceRecord } from "./message";

/** RDATA of each type in the form in which Node's dns hands it out (nodejs.org/api/dns.html). */
export const RDATA: Record<Exclude<RecordType, "ANY">, (record: ResourceRecord) => unknown> = {
  A: address,
  AAAA: address,
  NS: name,
  CNAME: name,
  PTR: name,
  MX: (record) => ({
    exchange: nameAt(record, 2),
    priority: record.message.readUInt16BE(record.start),
  }),
  TXT: strings,
  SRV: (record) => ({
    name: nameAt(record, 6),
    port: record.message.readUInt16BE(record.start + 4),
    priority: record.message.readUInt16BE(record.start),
    weight: record.message.readUInt16BE(record.start + 2),
  }),
  SOA(record) {
    const { message } = record;
    const primary = readName(message, record.start);
    const mailbox = readName(message, primary.end);
    const [serial, refresh, retry, expire, minttl] = [0, 4, 8, 12, 16].map((offset) =>
      message.readUInt32BE(mailbox.end + offset),
    );
    return { nsname: primary.name, hostmaster: mailbox.name, serial, refresh, retry, expire, minttl };
  },
  NAPTR(record) {
    const { message, start } = record;
    const [flags, service, regexp] = strings({ ...record, start: start + 4 }, 3) as string[];
    return {
      flags,
      service,
      regexp,
      replacement: nameAt(record, 4 + 3 + Buffer.byteLength(`${flags}${service}${regexp}`, "latin1")),
      order: message.readUInt16BE(start),
      preference: message.readUInt16BE(start + 2),
    };
  },
  CAA({ message, start, end }) {
    const value = start + 2 + message.readUInt8(start + 1);
    return {
      critical: message.readUInt8(start),
      [message.toString("latin1", start + 2, value)]: message.toString("latin1", value, end),
    };
  },
  TLSA: ({ message, start, end }) => ({
    certUsage: message.readUInt8(start),
    selector: message.readUInt8(start + 1),
    match: message.readUInt8(start + 2),
    data: new Uint8Array(message.subarray(start + 3, end)).buffer,
  }),
};

function address({ message, start, end }: ResourceRecord): string {
  if (end - start !== 4 && end - start !== 16) throw new RangeError("an address has the wrong length");
  return addressText(message.subarray(start, end));
}

function name(record: ResourceRecord): string {
  return nameAt(record, 0);
}

function nameAt({ message, start }: ResourceRecord, offset: number): string {
  return readName(message, start + offset).name;
}

/** <character-string>s (RFC 1035 §3.3), all or the first `count`. */
function strings({ message, start, end }: ResourceRecord, count = Infinity): string[] {
  const found: string[] = [];
  for (let at = start; at < end && found.length < count;) {
    const length = message.readUInt8(at);
    if (at + 1 + length > end) throw new RangeError("a character string is cut short");
    found.push(message.toString("utf8", at + 1, at + 1 + length));
    at += 1 + length;
  }
  return found;
}
