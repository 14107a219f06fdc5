import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import type { EditedText } from "../edited.js";
import { removeTemporary, temporaryFolderBeside } from "./temporary.js";

/**
 * A copy of a folder that costs next to nothing: what is not on the way to an edited file is a link. It stands
 * beside the folder, so that every relative path leads where it did.
 */
export class Shadow {
  readonly folder: string;

  /** @param base absolute path of the folder; all edited files are in it */
  constructor(
    readonly base: string,
    edited: ReadonlyMap<string, EditedText>,
  ) {
    // No dot in front: `include` does not look into hidden folders.
    this.folder = temporaryFolderBeside(base);
    const texts = new Map([...edited].map(([path, { text }]) => [resolve(path), text]));
    try {
      mirror(base, this.folder, texts);
    } catch (error) {
      this.remove();
      throw error;
    }
  }

  /** Where a path of the folder is in the copy. */
  readonly inside = (path: string): string => join(this.folder, relative(this.base, path));

  /** What a path in the copy is a copy of. */
  readonly original = (path: string): string =>
    path.startsWith(this.folder + sep) ? join(this.base, relative(this.folder, path)) : path;

  remove(): void {
    removeTemporary(this.folder);
  }
}

function mirror(from: string, to: string, texts: ReadonlyMap<string, string>): void {
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const source = join(from, entry.name);
    const target = join(to, entry.name);
    const text = texts.get(source);
    if (text !== undefined) {
      const hasMark = readFileSync(source).subarray(0, 3).equals(Buffer.from("\uFEFF", "utf8"));
      writeFileSync(target, hasMark ? `\uFEFF${text}` : text);
    } else if ([...texts.keys()].some((path) => path.startsWith(source + sep))) {
      mkdirSync(target);
      mirror(source, target, texts);
    } else if (existsSync(source)) symlinkSync(source, target, entry.isDirectory() ? "junction" : "file");
  }
}

/** The innermost folder that all paths are in. */
export function commonFolder(paths: readonly string[]): string {
  const [first = sep, ...rest] = paths.map((path) => dirname(resolve(path)));
  let common = first;
  for (const folder of rest)
    while (folder !== common && !folder.startsWith(common + sep)) common = dirname(common);
  return common;
}
