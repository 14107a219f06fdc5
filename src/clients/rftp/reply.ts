/** An answer of the server (RFC 959 §4.2). */
export interface Reply {
  /** Such as 226; its first digit tells how it went. */
  code: number;
  /** All of its lines. */
  text: string;
}

/** What the server refuses, or says that makes no sense. */
export class ReplyError extends Error {}

/** An answer that says no. */
export class Refusal extends ReplyError {}

/** Characters. An answer that goes on is no answer. */
const LONGEST = 65_536;

/** Puts answers together from the control connection's bytes. */
export class Replies {
  private rest = "";
  private lines: string[] = [];

  /**
   * @returns the answers that are complete now
   * @throws ReplyError for what is none
   */
  receive(text: string): Reply[] {
    const found: Reply[] = [];
    const parts = (this.rest + text).split(/\r?\n/);
    this.rest = parts.pop()!;
    for (const line of parts) {
      this.lines.push(line);
      const first = /^(\d{3})([ -])/.exec(this.lines[0]!);
      if (!first) throw new ReplyError(`the server does not speak FTP: ${this.lines[0]!.slice(0, 80)}`);
      // The last line has the first one's code, and a space behind it.
      if (!line.startsWith(`${first[1]} `)) continue;
      found.push({ code: Number(first[1]), text: this.lines.join("\n") });
      this.lines = [];
    }
    if (this.rest.length + this.lines.reduce((sum, { length }) => sum + length, 0) > LONGEST)
      throw new ReplyError("the server's answer has no end");
    return found;
  }
}
