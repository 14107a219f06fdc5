import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";

/** The user's lines, from a terminal or from a file. */
export class Terminal {
  readonly isInteractive = process.stdin.isTTY === true;
  private isHidden = false;
  private readonly output = new Writable({
    write: (chunk, _, done) => {
      if (!this.isHidden) process.stdout.write(chunk as Buffer);
      done();
    },
  });
  private readonly reader = createInterface({
    input: process.stdin,
    output: this.output,
    terminal: this.isInteractive,
  });
  private readonly lines = this.isInteractive ? undefined : this.reader[Symbol.asyncIterator]();
  private readonly closed = new Promise<undefined>((resolve) =>
    this.reader.once("close", () => resolve(undefined)),
  );

  /** @returns undefined at the end of the input */
  async line(prompt: string): Promise<string | undefined> {
    if (!this.lines) return Promise.race([this.reader.question(prompt), this.closed]);
    const { done, value } = await this.lines.next();
    return done ? undefined : value;
  }

  /** @returns "" where there is nobody to ask */
  async ask(question: string, hidden = false): Promise<string> {
    if (!this.isInteractive) return "";
    if (!hidden) return (await this.line(question)) ?? "";
    process.stdout.write(question);
    this.isHidden = true;
    const answer = await this.line("");
    this.isHidden = false;
    process.stdout.write("\n");
    return answer ?? "";
  }

  close(): void {
    this.reader.close();
    process.stdin.unref?.();
  }
}
