import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Marks .tsbuildinfo files that this program had written. One that the stock compiler left behind says that all
 * JavaScript is up to date, and that JavaScript dials directly: an unmarked file counts as none, so everything is
 * emitted again. A mark of another version of ours counts as none too.
 */
const KEY = "tsocksify";

let known: string | undefined;

function ourVersion(): string {
  const path = join(__dirname, "../../../package.json");
  known ??= (JSON.parse(readFileSync(path, "utf8")) as { version: string }).version;
  return known;
}

/** @param options what the rewriting depends on besides the program */
export function stampOf(options: object): string {
  const hash = createHash("sha256").update(JSON.stringify(options)).digest("hex").slice(0, 16);
  return `${ourVersion()}-${hash}`;
}

export function isBuildInfo(path: string): boolean {
  return path.endsWith(".tsbuildinfo");
}

/** @param text the content of a .tsbuildinfo file */
export function stamped(text: string, stamp: string): string {
  return JSON.stringify({ ...(JSON.parse(text) as object), [KEY]: stamp });
}

export function hasStamp(text: string, stamp: string): boolean {
  try {
    return (JSON.parse(text) as Record<string, unknown>)[KEY] === stamp;
  } catch {
    return false;
  }
}
