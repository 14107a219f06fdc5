import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { applyPatch } from "diff";
import { InputError } from "../../project/input-error.js";
import { encode, readSource, type SourceText } from "../../project/source-text.js";
import { bytesOf, type Change } from "./change.js";
import { hunksOf } from "./patch.js";
import type { Replacement } from "./transaction.js";
import { namer } from "../../project/slashes.js";

/** Where the record is, below the root of the project. */
const PLACE = ".tsocksify/codemod.json";

/** What one `--write` did to one file, and how to undo it. */
interface Entry {
  /** Relative to the project's root, with slashes. */
  readonly file: string;
  /** SHA-256 of the bytes, in hexadecimal. */
  readonly before: string;
  readonly after: string;
  /** A unified diff from the text after to the one before, without the names of files. */
  readonly undo: string;
}

/**
 * What the codemod wrote, in order. From the result alone nobody can tell what was there before (`Rconnect(a, b)`
 * may have been `net.connect`, `createConnection`, or a method of `a`), so `--reverse` goes by this.
 */
export interface CodemodRecord {
  readonly version: 1;
  readonly entries: readonly Entry[];
}

/** @throws InputError where the file is no record */
export function readRecord(root: string): CodemodRecord {
  const path = join(root, PLACE);
  if (!existsSync(path)) return { version: 1, entries: [] };
  try {
    const record = JSON.parse(readFileSync(path, "utf8")) as CodemodRecord;
    if (record.version === 1 && Array.isArray(record.entries)) return record;
  } catch {
    // Told below.
  }
  throw new InputError(`${path} is not a record of tsocksify codemod`);
}

/** The record with some changes added. */
export function recorded(record: CodemodRecord, root: string, changes: readonly Change[]): CodemodRecord {
  const entries = changes.flatMap((change) => {
    const { path, before, after } = change;
    if (!before) return [];
    const undo = `${hunksOf(after, before.text).join("\n")}\n`;
    return [
      {
        file: namer(root)(path),
        before: digest(before.bytes),
        after: digest(bytesOf(change)),
        undo,
      },
    ];
  });
  return { version: 1, entries: [...record.entries, ...entries] };
}

/** Absolute paths of the record and of all files that are in it. */
export function recordedFiles(root: string, { entries }: CodemodRecord): string[] {
  return [PLACE, ...entries.map(({ file }) => file)].map((file) => join(root, file));
}

/** How the record's own file gets that content. It goes away with its last entry. */
export function recordReplacement(root: string, record: CodemodRecord): Replacement {
  const path = join(root, PLACE);
  const before = existsSync(path) ? readFileSync(path) : undefined;
  const after =
    record.entries.length > 0 ? Buffer.from(`${JSON.stringify(record, undefined, 2)}\n`) : undefined;
  return { path, before, after };
}

/**
 * The changes that undo what the record says, newest first, and what is left of it.
 *
 * @param isWanted whether a file, by its absolute path, is to be undone
 * @throws InputError where a file has been changed in the lines that were rewritten, or so close to them that nobody can tell
 */
export function reversed(
  record: CodemodRecord,
  root: string,
  isWanted: (path: string) => boolean,
  nameOf: (fileName: string) => string,
): { changes: Change[]; record: CodemodRecord } {
  const texts = new Map<string, { source: SourceText; text: string; count: number }>();
  const kept: Entry[] = [];
  for (const entry of record.entries.toReversed()) {
    const path = join(root, entry.file);
    if (!isWanted(path) || !existsSync(path)) {
      kept.unshift(entry);
      continue;
    }
    const source = texts.get(path)?.source ?? readSource(path);
    if (!source) throw new InputError(`${nameOf(path)} is a binary file now`);
    const { text, count } = texts.get(path) ?? { text: source.text, count: 0 };
    texts.set(path, { source, text: undone(entry, source, text, nameOf(path)), count: count + 1 });
  }
  const changes = [...texts].map(([path, { source, text, count }]) => ({
    path,
    name: nameOf(path),
    before: source,
    after: text,
    rewrites: count,
  }));
  return {
    changes: changes.filter(({ before, after }) => before.text !== after),
    record: { version: 1, entries: kept },
  };
}

function undone(entry: Entry, source: SourceText, text: string, name: string): string {
  // It was never written: the writing was cut off by force.
  if (digest(encode(source, text)) === entry.before) return text;
  const result = applyPatch(text, entry.undo, { autoConvertLineEndings: false });
  if (result === false)
    throw new InputError(
      `${name} was changed in or right beside lines that the codemod had rewritten: undo that by hand, or with Git`,
    );
  if (digest(encode(source, text)) === entry.after && digest(encode(source, result)) !== entry.before)
    throw new InputError(`the record of ${name} is damaged`);
  return result;
}

function digest(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}
