import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { mayMatter } from "../../../engine/index.js";
import { referencesIn } from "../../../engine/specifiers.js";
import { withSlashes } from "../../../project/slashes.js";
import { readSource } from "../../../project/source-text.js";
import { extensions } from "../../../project/unlisted.js";

/** Which files may matter, asked again only of those that changed. */
export class Survivors {
  private readonly known = new Map<string, { readonly stamp: string; readonly matters: boolean }>();

  /**
   * @param fileNames as {@link sourcesAmong} leaves them
   * @param modules what the option `modules` names
   * @param begin when the compiler began to read, in milliseconds: it may have read another text than a file has that
   *   was changed since
   */
  of(fileNames: readonly string[], modules: readonly string[] = [], begin = Infinity): string[] {
    return fileNames.filter((fileName) => this.matters(fileName, modules, begin));
  }

  private matters(fileName: string, modules: readonly string[], begin: number): boolean {
    const stats = statSync(fileName, { throwIfNoEntry: false });
    if (!stats) return begin !== Infinity;
    if (stats.ctimeMs >= begin - TICK) return true;
    const { mtimeMs, size } = stats;
    const stamp = `${mtimeMs}:${size}:${modules.join()}`;
    const known = this.known.get(fileName);
    if (known?.stamp === stamp) return known.matters;
    const matters = mayMatter(textOf(fileName), modules);
    this.known.set(fileName, { stamp, matters });
    return matters;
  }
}

/** What is looked for is ASCII: bytes as Latin-1 need no decoding. UTF-16 does, in either order of its bytes. */
export function textOf(fileName: string): string {
  const bytes = readFileSync(fileName);
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return bytes.toString("utf16le");
  if (first === 0xfe && second === 0xff)
    return bytes
      .subarray(0, bytes.length - (bytes.length % 2))
      .swap16()
      .toString("utf16le");
  return bytes.toString("latin1");
}

const undone = /\.d\.[cm]?ts$|\.d\.\w+\.ts$|\.json$/;
const packaged = /[\\/]node_modules[\\/]/;

/**
 * What of a program is compiled to JavaScript: neither declarations nor what packages have, unless it is a root, which a
 * project may list, or may be in such a folder itself, or is what a compiled file names by `/// <reference path>`.
 *
 * @param roots absolute paths
 */
export function sourcesAmong(fileNames: readonly string[], roots: readonly string[]): string[] {
  const sources = fileNames.filter((fileName) => !undone.test(fileName));
  if (!sources.some((fileName) => packaged.test(fileName))) return sources;
  const listed = new Set(roots.map((root) => withSlashes(resolve(root))));
  const compiled = new Set(
    sources.filter((fileName) => !packaged.test(fileName) || listed.has(withSlashes(fileName))),
  );
  if (compiled.size === sources.length) return sources;
  const byPath = new Map(sources.map((fileName) => [withSlashes(fileName), fileName]));
  for (const fileName of compiled)
    for (const reference of referencesIn(existsSync(fileName) ? (readSource(fileName)?.text ?? "") : "")) {
      const path = withSlashes(resolve(dirname(fileName), reference));
      // The extension may be left out.
      const found = ["", ...extensions].map((each) => byPath.get(path + each)).find((each) => each);
      if (found !== undefined) compiled.add(found);
    }
  return sources.filter((fileName) => compiled.has(fileName));
}

/**
 * How late the clock of a file system may be behind ours, in milliseconds: Linux stamps a file with the time of the last
 * tick.
 */
const TICK = 10;

/** @param time in milliseconds; Infinity: no file is */
export function isChangedSince(path: string, time: number): boolean {
  return time !== Infinity && (statSync(path, { throwIfNoEntry: false })?.ctimeMs ?? Infinity) >= time - TICK;
}
