import { createHash } from "node:crypto";
import { version } from "../../version.js";
import type { FileStamps } from "./file-stamp.js";

/**
 * Marks .tsbuildinfo files that this program had written. One that the stock compiler left behind says that all
 * JavaScript is up to date, and that JavaScript dials directly: an unmarked file counts as none, so everything is
 * emitted again. So does one whose JavaScript was written anew by something else, and a mark of another version of ours.
 */
export const KEY = "tsocksify";

/** @param options what the rewriting depends on besides the program */
export function stampOf(options: object): string {
  const hash = createHash("sha256").update(JSON.stringify(options)).digest("hex").slice(0, 16);
  return `${version}-${hash}`;
}

export function isBuildInfo(path: string): boolean {
  return path.endsWith(".tsbuildinfo");
}

/** Paths are relative to the folder that the .tsbuildinfo file is in. */
interface Mark {
  readonly stamp: string;
  /** That of the tsconfig.json. */
  readonly folder: string;
  readonly outputs: FileStamps;
  /** What is edited in which source, as hashes. */
  readonly edits: Readonly<Record<string, string>>;
}

/**
 * @param text the content of a .tsbuildinfo file
 */
export function marked(text: string, mark: Mark): string {
  return JSON.stringify({ ...(JSON.parse(text) as object), [KEY]: mark });
}

/** @returns undefined where it has none of this version's */
export function markOf(text: string): Mark | undefined {
  try {
    const mark = (JSON.parse(text) as Record<string, Mark | undefined>)[KEY];
    return mark?.stamp.startsWith(`${version}-`) && mark.folder !== undefined ? mark : undefined;
  } catch {
    return undefined;
  }
}
