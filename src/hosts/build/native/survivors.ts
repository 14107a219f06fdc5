import { readFileSync, statSync } from "node:fs";
import { mayMatter } from "../../../engine/index.js";

/** Which files may matter, asked again only of those that changed. */
export class Survivors {
  private readonly known = new Map<string, { readonly stamp: string; readonly matters: boolean }>();

  /**
   * @param fileNames of a program: declaration files and packages are left out
   * @param modules what the option `modules` names
   * @param begin when the compiler began to read, in milliseconds: it may have read another text than a file has that
   *   was changed since
   */
  of(fileNames: readonly string[], modules: readonly string[] = [], begin = Infinity): string[] {
    return fileNames.filter((fileName) => isSource(fileName) && this.matters(fileName, modules, begin));
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

/** What is looked for is ASCII: bytes as Latin-1 need no decoding. UTF-16 does. */
function textOf(fileName: string): string {
  const bytes = readFileSync(fileName);
  const isUtf16 = bytes.length > 1 && bytes[0] === 0xff && bytes[1] === 0xfe;
  return bytes.toString(isUtf16 ? "utf16le" : "latin1");
}

export function isSource(fileName: string): boolean {
  return !/\.d\.[cm]?ts$|\.d\.\w+\.ts$|\.json$|[\\/]node_modules[\\/]/.test(fileName);
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
