import { dirname, resolve } from "node:path";
import type ts from "typescript";
import { namer, withSlashes } from "../../../project/slashes.js";
import { changedFile, stampsOf, type FileStamps } from "../file-stamp.js";
import { isBuildInfo, marked, markOf } from "../stamp.js";
import type { Edits } from "./edits.js";

interface Output {
  text: string;
  readonly byteOrderMark: boolean | undefined;
}

/** A project: its .tsbuildinfo file where it has one, and else its tsconfig.json. */
export type ProjectKey = string;

/** What earlier runs made of a project. */
interface Made {
  /** Absolute path of the folder of its tsconfig.json. */
  readonly folder: string;
  readonly outputs: FileStamps;
  /** What the JavaScript that is there was made with. */
  readonly edits: Edits;
}

/**
 * What the compiler wants to write for one program, held back until it is known what has to be rewritten: JavaScript
 * that has not been looked at never reaches the disk, not even for a moment.
 */
export class Outputs {
  private readonly held = new Map<string, Output>();
  private readonly made = new Map<ProjectKey, Made>();
  /** Those of whose outputs some never came to be, while the compiler takes all for written. */
  private readonly incomplete = new Set<ProjectKey>();

  /** @param stamp what rewriting depends on in the folder of a tsconfig.json */
  constructor(
    private readonly system: ts.System,
    private readonly stamp: (folder: string) => string,
  ) {}

  write(path: string, text: string, byteOrderMark?: boolean): void {
    this.held.set(path, { text, byteOrderMark });
  }

  read(path: string, encoding?: string): string | undefined {
    const held = this.held.get(path);
    if (held) return held.text;
    const text = this.system.readFile(path, encoding);
    return text !== undefined && isBuildInfo(path) && !this.isOurs(path, text) ? undefined : text;
  }

  /** Whether all that was written along with a .tsbuildinfo file is still there as we wrote it. */
  private isOurs(path: string, text: string): boolean {
    const mark = markOf(text);
    if (!mark) return false;
    const { outputs, edits } = mark;
    const at = dirname(path);
    const folder = resolve(at, mark.folder);
    if (mark.stamp !== this.stamp(folder) || changedFile(outputs, path) !== undefined) return false;
    const absolute = Object.entries(edits).map(
      ([name, each]) => [withSlashes(resolve(at, name)), each] as const,
    );
    this.made.set(path, { folder, outputs, edits: new Map(absolute) });
    return true;
  }

  /** Replaces an output that the compiler wanted to write, and no other. */
  replace(path: string, text: string): void {
    const held = this.held.get(path);
    if (held) held.text = text;
  }

  /** As {@link replace}, but the compiler need not have wanted to write it. */
  put(path: string, text: string, byteOrderMark?: boolean): void {
    if (isBuildInfo(path)) return;
    if (this.held.has(path)) this.replace(path, text);
    else this.write(path, text, byteOrderMark);
  }

  /** Whether there is something that was compiled. */
  get hasCompiled(): boolean {
    return [...this.held.keys()].some((path) => !isBuildInfo(path));
  }

  editsOf(project: ProjectKey): Edits {
    return this.made.get(project)?.edits ?? new Map<string, string>();
  }

  /** @param folder absolute path of that of the tsconfig.json */
  keepEdits(project: ProjectKey, folder: string, edits: Edits): void {
    this.made.set(project, { folder, outputs: this.made.get(project)?.outputs ?? {}, edits });
  }

  /** What the compiler keeps of a project, which it takes for unchanged, is to be written with what we keep. */
  holdBuildInfo(project: ProjectKey): void {
    if (!isBuildInfo(project) || this.held.has(project)) return;
    const text = this.system.readFile(project);
    if (text !== undefined) this.write(project, text);
  }

  isIncomplete(project: ProjectKey): boolean {
    return this.incomplete.has(project);
  }

  complete(project: ProjectKey): void {
    this.incomplete.delete(project);
  }

  /**
   * Writes everything. What could not be written does not keep the rest from it; the next run has to try again.
   *
   * @returns why, by path
   */
  release(): ReadonlyMap<string, Error> {
    const refused = new Map<string, Error>();
    const files = [...this.held].filter(([path]) => !isBuildInfo(path));
    for (const [path, { text, byteOrderMark }] of files)
      try {
        this.system.writeFile(path, text, byteOrderMark);
      } catch (error) {
        refused.set(path, error as Error);
      }
    if (refused.size > 0) this.discardBuildInfo();
    for (const [path, { text, byteOrderMark }] of this.held) {
      if (!isBuildInfo(path)) continue;
      const made = this.made.get(path);
      const written = stampsOf(
        files.map(([file]) => file),
        path,
      );
      const now = made && { ...made, outputs: { ...made.outputs, ...written } };
      if (now) this.made.set(path, now);
      // What nobody has looked at counts as none.
      this.system.writeFile(path, now ? this.markedAs(path, text, now) : text, byteOrderMark);
    }
    this.held.clear();
    return refused;
  }

  private markedAs(path: string, text: string, { folder, outputs, edits }: Made): string {
    const nameOf = namer(dirname(path));
    return marked(text, {
      stamp: this.stamp(folder),
      folder: nameOf(folder),
      outputs,
      edits: Object.fromEntries([...edits].map(([name, each]) => [nameOf(name), each])),
    });
  }

  /** What was written is not to count as made, though it may be as an earlier run left it. */
  discardBuildInfo(): void {
    for (const path of [...this.held.keys()])
      if (isBuildInfo(path)) {
        this.held.delete(path);
        const made = this.made.get(path);
        if (made) this.made.set(path, { ...made, outputs: {} });
        this.system.deleteFile?.(path);
      }
  }

  discard(project?: ProjectKey): void {
    if (project !== undefined && this.hasCompiled) this.incomplete.add(project);
    this.held.clear();
  }
}
