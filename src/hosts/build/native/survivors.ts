import { readFileSync, statSync } from "node:fs";
import { mayMatter } from "../../../engine/index.js";

/** Which files may matter, asked again only of those that changed. */
export class Survivors {
  private readonly known = new Map<string, { readonly stamp: string; readonly matters: boolean }>();

  /**
   * @param fileNames of a program: declaration files and packages are left out
   * @param modules what the option `modules` names
   */
  of(fileNames: readonly string[], modules: readonly string[] = []): string[] {
    return fileNames.filter((fileName) => isSource(fileName) && this.matters(fileName, modules));
  }

  private matters(fileName: string, modules: readonly string[]): boolean {
    const { mtimeMs, size } = statSync(fileName);
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

function isSource(fileName: string): boolean {
  return !/\.d\.[cm]?ts$|\.d\.\w+\.ts$|\.json$|[\\/]node_modules[\\/]/.test(fileName);
}
