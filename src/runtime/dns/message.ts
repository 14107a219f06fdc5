import { randomInt } from "node:crypto";
import { encodeName, readName } from "./name";

/** TYPE values (RFC 1035 §3.2.2, 3596, 2782, 3403, 8659, 6698). */
export const TYPES = {
  A: 1,
  NS: 2,
  CNAME: 5,
  SOA: 6,
  PTR: 12,
  MX: 15,
  TXT: 16,
  AAAA: 28,
  SRV: 33,
  NAPTR: 35,
  TLSA: 52,
  ANY: 255,
  CAA: 257,
} as const;
export type RecordType = keyof typeof TYPES;

const CLASS_IN = 1;
const RECURSION_DESIRED = 0x0100;
const RESPONSE = 0x8000;
const TRUNCATED = 0x0200;

/** RCODE (RFC 1035 §4.1.1) as the codes of Node's dns. */
const RCODES: Record<number, string> = {
  1: "EFORMERR",
  2: "ESERVFAIL",
  3: "ENOTFOUND",
  4: "ENOTIMP",
  5: "EREFUSED",
};

export interface Query {
  id: number;
  message: Buffer;
}

/** One record of the answer section; its data is in `message` from `start` to `end`. */
export interface ResourceRecord {
  type: number;
  ttl: number;
  message: Buffer;
  start: number;
  end: number;
}

/** @returns undefined when `name` is no domain name */
export function encodeQuery(name: string, type: RecordType): Query | undefined {
  const wire = encodeName(name);
  if (!wire) return undefined;
  const id = randomInt(0x10000);
  const header = Buffer.alloc(12);
  header.writeUInt16BE(id, 0);
  header.writeUInt16BE(RECURSION_DESIRED, 2);
  header.writeUInt16BE(1, 4);
  const question = Buffer.alloc(4);
  question.writeUInt16BE(TYPES[type], 0);
  question.writeUInt16BE(CLASS_IN, 2);
  return { id, message: Buffer.concat([header, wire, question]) };
}

/** What a response says: records, or a code of Node's dns such as ENOTFOUND. */
export type Answer = { records: ResourceRecord[]; code?: undefined } | { code: string };

/** @param query what was asked; an answer to anything else is EBADRESP, as is one that cannot be read */
export function decodeAnswer(message: Buffer, query: Query): Answer {
  try {
    const flags = message.readUInt16BE(2);
    if (!(flags & RESPONSE) || flags & TRUNCATED) return { code: "EBADRESP" };
    if (message.readUInt16BE(4) === 1 && !sameQuestion(message, query.message)) return { code: "EBADRESP" };
    const code = RCODES[flags & 0xf];
    if (code) return { code };
    if (flags & 0xf) return { code: "ESERVFAIL" };
    return { records: readRecords(message) };
  } catch (error) {
    if (error instanceof RangeError) return { code: "EBADRESP" };
    throw error;
  }
}

/** Names compare without case (RFC 4343); nothing in a question can be compressed. */
function sameQuestion(message: Buffer, asked: Buffer): boolean {
  const text = (bytes: Buffer) => bytes.toString("latin1", 12, asked.length).toLowerCase();
  return text(message) === text(asked);
}

function readRecords(message: Buffer): ResourceRecord[] {
  const questions = message.readUInt16BE(4);
  const answers = message.readUInt16BE(6);
  let at = 12;
  for (let i = 0; i < questions; i++) at = readName(message, at).end + 4;
  return Array.from({ length: answers }, () => {
    const { end: fields } = readName(message, at);
    const start = fields + 10;
    const end = start + message.readUInt16BE(fields + 8);
    if (end > message.length) throw new RangeError("a record is cut short");
    at = end;
    return { type: message.readUInt16BE(fields), ttl: message.readUInt32BE(fields + 4), message, start, end };
  });
}
