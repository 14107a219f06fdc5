import type ts from "typescript";
import { hasStamp, isBuildInfo, stamped } from "../stamp.js";

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

  constructor(
    private readonly system: ts.System,
    private readonly stamp: string,
  ) {}

  write(path: string, text: string, byteOrderMark?: boolean): void {
    const held = isBuildInfo(path) ? stamped(text, this.stamp) : text;
    this.held.set(path, { text: held, byteOrderMark });
  }

  read(path: string, encoding?: string): string | undefined {
    const held = this.held.get(path);
    if (held) return held.text;
    const text = this.system.readFile(path, encoding);
    return text !== undefined && isBuildInfo(path) && !hasStamp(text, this.stamp) ? undefined : text;
  }

  /** Replaces an output that the compiler wanted to write, and no other. */
  replace(path: string, text: string): void {
    const held = this.held.get(path);
    if (held) held.text = text;
  }

  get isEmpty(): boolean {
    return this.held.size === 0;
  }

  release(): void {
    for (const [path, { text, byteOrderMark }] of this.held) this.system.writeFile(path, text, byteOrderMark);
    this.held.clear();
  }

  discardBuildInfo(): void {
    for (const path of [...this.held.keys()]) if (isBuildInfo(path)) this.held.delete(path);
  }

  discard(): void {
    this.held.clear();
  }
}
