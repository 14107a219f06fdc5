import type ts from "typescript";
import { changedFile, stampsOf, type FileStamps } from "../file-stamp.js";
import { isBuildInfo, marked, markOf } from "../stamp.js";

interface Output {
  text: string;
  readonly byteOrderMark: boolean | undefined;
}

/**
 * What the compiler wants to write for one program, held back until it is known what has to be rewritten: JavaScript
 * that has not been looked at never reaches the disk, not even for a moment.
 */
export class Outputs {
  private readonly held = new Map<string, Output>();
  /** What earlier runs wrote, by .tsbuildinfo file. */
  private readonly known = new Map<string, FileStamps>();

  constructor(
    private readonly system: ts.System,
    private readonly stamp: string,
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
    const mark = markOf(text, this.stamp);
    if (!mark || changedFile(mark.outputs, path) !== undefined) return false;
    this.known.set(path, mark.outputs);
    return true;
  }

  /** Replaces an output that the compiler wanted to write, and no other. */
  replace(path: string, text: string): void {
    const held = this.held.get(path);
    if (held) held.text = text;
  }

  get isEmpty(): boolean {
    return this.held.size === 0;
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
      const written = stampsOf(
        files.map(([file]) => file),
        path,
      );
      const outputs = { ...this.known.get(path), ...written };
      this.known.set(path, outputs);
      this.system.writeFile(path, marked(text, { stamp: this.stamp, outputs }), byteOrderMark);
    }
    this.held.clear();
    return refused;
  }

  /** What was written is not to count as made, though it may be as an earlier run left it. */
  discardBuildInfo(): void {
    for (const path of [...this.held.keys()])
      if (isBuildInfo(path)) {
        this.held.delete(path);
        this.known.delete(path);
        this.system.deleteFile?.(path);
      }
  }

  discard(): void {
    this.held.clear();
  }
}
