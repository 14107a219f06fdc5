import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** A place in a file, as the server counts: both from 1. */
export interface Location {
  readonly line: number;
  readonly offset: number;
}

export interface CodeEdit {
  readonly start: Location;
  readonly end: Location;
  readonly newText: string;
}

interface Message {
  readonly type: "request" | "response" | "event";
  readonly request_seq?: number;
  readonly success?: boolean;
  readonly message?: string;
  readonly body?: unknown;
}

/** A real tsserver, spoken to in its own protocol. */
export class TsServer {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #waiting = new Map<number, (message: Message) => void>();
  readonly #died: Promise<never>;
  #seq = 0;

  /**
   * @param script path of its tsserver.js
   * @param args further arguments
   */
  constructor(script: string, args: readonly string[] = []) {
    const own = ["--disableAutomaticTypingAcquisition", "--allowLocalPluginLoads"];
    this.#child = spawn(process.execPath, [script, ...own, ...args]);
    this.#died = once(this.#child, "exit").then(([code]) => {
      throw new Error(`tsserver exited with ${code}`);
    });
    this.#died.catch(() => {});
    // Each message is one line, between headers.
    createInterface({ input: this.#child.stdout }).on("line", (line) => {
      if (!line.startsWith("{")) return;
      const message = JSON.parse(line) as Message;
      if (message.type === "response") this.#waiting.get(message.request_seq!)?.(message);
    });
  }

  /** Asks, and waits for the answer. @throws Error where the server says that it failed */
  async request<T>(command: string, args: object): Promise<T> {
    const seq = ++this.#seq;
    const answered = new Promise<Message>((resolve) => this.#waiting.set(seq, resolve));
    this.tell(command, args, seq);
    const { success, message, body } = await Promise.race([answered, this.#died]);
    this.#waiting.delete(seq);
    if (!success) throw new Error(`${command}: ${message}`);
    return body as T;
  }

  /** Says something that has no answer, such as that a file is open. */
  tell(command: string, args: object, seq = ++this.#seq): void {
    this.#child.stdin.write(`${JSON.stringify({ seq, type: "request", command, arguments: args })}\n`);
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const exited = once(this.#child, "exit");
    this.#child.kill();
    await exited;
  }
}

/** A text with edits carried out that are all about it as it was. */
export function edited(text: string, edits: readonly CodeEdit[]): string {
  const starts = [0, ...[...text.matchAll(/\r?\n/g)].map(({ index, 0: { length } }) => index + length)];
  const at = ({ line, offset }: Location): number => starts[line - 1]! + offset - 1;
  return edits
    .toSorted((a, b) => at(b.start) - at(a.start))
    .reduce(
      (result, { start, end, newText }) => result.slice(0, at(start)) + newText + result.slice(at(end)),
      text,
    );
}

/** Where a piece of text stands first. */
export function locationOf(text: string, part: string): Location {
  const before = text.slice(0, text.indexOf(part)).split("\n");
  return { line: before.length, offset: before.at(-1)!.length + 1 };
}
