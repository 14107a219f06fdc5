import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import type { EditedText } from "../edited.js";
import { foldersAround, type Links } from "./linked-packages.js";
import { removeTemporary, temporaryFolderBeside } from "./temporary.js";

interface Contents {
  /** Edited ones. Absolute paths, here and below. */
  readonly texts: ReadonlyMap<string, string>;
  /** What is to stand in the copy itself. */
  readonly copied: ReadonlySet<string>;
  /** Folders with some of that. */
  readonly folders: ReadonlySet<string>;
  readonly links: Links;
}

/**
 * A copy of a folder that costs next to nothing: what is not on the way to an edited file is a link. It stands
 * beside the folder, so that every relative path leads where it did.
 */
export class Shadow {
  readonly folder: string;

  /**
   * @param base absolute path of the folder; all edited files are in it
   * @param links those to packages in it, which lead to their copies in the copy
   * @param sources absolute paths of files, those in such packages among them, which a link would be taken back to the folder by
   */
  constructor(
    readonly base: string,
    edited: ReadonlyMap<string, EditedText>,
    links: Links = new Map<string, string>(),
    sources: readonly string[] = [],
  ) {
    // No dot in front: `include` does not look into hidden folders.
    this.folder = temporaryFolderBeside(base);
    const targets = [...new Set(links.values())];
    const linked = sources.filter((path) => targets.some((target) => path.startsWith(target + sep)));
    const texts = new Map([...edited].map(([path, { text }]) => [resolve(path), text]));
    const copied = new Set([...texts.keys(), ...linked.map((path) => resolve(path)), ...links.keys()]);
    try {
      this.mirror(base, this.folder, { texts, copied, folders: foldersAround(copied), links });
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

  private mirror(from: string, to: string, contents: Contents): void {
    const { texts, copied, folders, links } = contents;
    for (const entry of readdirSync(from, { withFileTypes: true })) {
      const source = join(from, entry.name);
      const target = join(to, entry.name);
      const [text, link] = [texts.get(source), links.get(source)];
      if (text !== undefined) {
        const hasMark = readFileSync(source).subarray(0, 3).equals(Buffer.from("\uFEFF", "utf8"));
        writeFileSync(target, hasMark ? `\uFEFF${text}` : text);
      } else if (link !== undefined) symlinkSync(this.inside(link), target, "junction");
      else if (copied.has(source)) copyFileSync(source, target);
      else if (folders.has(source)) {
        mkdirSync(target);
        this.mirror(source, target, contents);
      } else if (existsSync(source)) symlinkSync(source, target, entry.isDirectory() ? "junction" : "file");
    }
  }

  remove(): void {
    removeTemporary(this.folder);
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
