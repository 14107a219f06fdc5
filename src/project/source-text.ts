import { isUtf8 } from "node:buffer";
import { readFileSync } from "node:fs";

export type Encoding = "utf8" | "utf16le" | "utf16be";

/** A file's bytes and what they say. */
export interface SourceText {
  readonly bytes: Buffer;
  readonly encoding: Encoding;
  /** Without the byte order mark, as TypeScript has it. */
  readonly text: string;
  readonly hasMark: boolean;
}

/** Far enough in for a picture or an archive to show what it is; Git looks as far. */
const BINARY_LOOK = 8000;

/**
 * Reads a source file the way TypeScript does: UTF-8, or UTF-16 where a byte order mark says so.
 *
 * @returns undefined for a binary file
 * @throws Node's error where the file can't be read
 */
export function readSource(path: string): SourceText | undefined {
  const bytes = readFileSync(path);
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe)
    return { bytes, encoding: "utf16le", text: bytes.subarray(2).toString("utf16le"), hasMark: true };
  if (first === 0xfe && second === 0xff && bytes.length % 2 === 0) {
    const text = Buffer.from(bytes.subarray(2)).swap16().toString("utf16le");
    return { bytes, encoding: "utf16be", text, hasMark: true };
  }
  // Text may have a NUL in it, and compiles; what is no UTF-8 besides is a film (MPEG transport streams end in .ts) or the like.
  if (bytes.subarray(0, BINARY_LOOK).includes(0) && !isUtf8(bytes)) return undefined;
  const text = bytes.toString("utf8");
  const hasMark = text.startsWith("\uFEFF");
  return { bytes, encoding: "utf8", text: hasMark ? text.slice(1) : text, hasMark };
}

/** The text of a source file; undefined where it is binary or can't be read. */
export function readableText(path: string): string | undefined {
  try {
    return readSource(path)?.text;
  } catch {
    return undefined;
  }
}

/** The bytes of another text, in the encoding of the first one. */
export function encode({ encoding, hasMark }: SourceText, text: string): Buffer {
  const marked = hasMark ? `\uFEFF${text}` : text;
  if (encoding === "utf8") return Buffer.from(marked, "utf8");
  const bytes = Buffer.from(marked, "utf16le");
  return encoding === "utf16be" ? bytes.swap16() : bytes;
}

/** Would writing the text back give the same bytes? Not where some of them are no characters at all. */
export function isFaithful(source: SourceText): boolean {
  return encode(source, source.text).equals(source.bytes);
}
