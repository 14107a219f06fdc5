import { createInterface, type Interface } from "node:readline";
import type { ReadStream } from "node:tty";
import { AYT, BRK, IAC, IP } from "./codes.js";

/** What a keyboard leads to. */
export interface Typed {
  /** To be sent, as NVT text (RFC 854). */
  typed(text: Buffer): void;
  /** To be sent as it is. */
  command(bytes: Buffer): unknown;
  /** Standard input is at its end. */
  ended(): void;
  quit(): void;
  status(): void;
}

const HELP = `close, quit   end the session
status        tell where it leads
send brk|ip|ayt
an empty line goes on\n`;

const SENT: Readonly<Record<string, number>> = { brk: BRK, ip: IP, ayt: AYT };

/**
 * Standard input. A terminal works line by line, and echoes itself, until the other side does that; from then on it
 * passes on every key, but for the one that leads to the client's own commands.
 */
export class Keyboard {
  private raw = false;
  private prompt: Interface | undefined;

  constructor(
    private readonly input: ReadStream,
    private readonly typed: Typed,
    private readonly escape: number | undefined,
  ) {}

  open(): void {
    this.input.on("data", this.data).on("end", this.ended);
  }

  close(): void {
    this.prompt?.close();
    this.setRaw(false);
    this.input.off("data", this.data).off("end", this.ended);
    this.input.pause();
    // A pipe that somebody holds open would keep this process alive.
    this.input.unref?.();
  }

  remoteEchoes(yes: boolean): void {
    this.raw = yes && this.input.isTTY;
    if (!this.prompt) this.setRaw(this.raw);
  }

  private readonly ended = (): void => this.typed.ended();

  private readonly data = (bytes: Buffer): void => {
    const at = this.escape !== undefined && this.input.isTTY ? bytes.indexOf(this.escape) : -1;
    const text = at < 0 ? bytes : bytes.subarray(0, at);
    if (text.length > 0) this.typed.typed(this.raw ? keys(text) : lines(text));
    if (at >= 0) this.ask();
  };

  private ask(): void {
    this.input.off("data", this.data);
    this.setRaw(false);
    const prompt = (this.prompt = createInterface({ input: this.input, output: process.stderr }));
    prompt.question("\nrtelnet> ", (line) => {
      prompt.close();
      this.prompt = undefined;
      if (!this.obey(line.trim())) return;
      this.setRaw(this.raw);
      this.input.on("data", this.data).resume();
    });
  }

  /** @returns whether the session goes on */
  private obey(line: string): boolean {
    const [command, argument = ""] = line.split(/\s+/);
    if (command === "close" || command === "quit") this.typed.quit();
    else if (command === "status") this.typed.status();
    else if (command === "send" && SENT[argument] !== undefined)
      this.typed.command(Buffer.from([IAC, SENT[argument]!]));
    else if (command !== "") process.stderr.write(HELP);
    return command !== "close" && command !== "quit";
  }

  private setRaw(yes: boolean): void {
    if (this.input.isTTY) this.input.setRawMode(yes);
  }
}

/** Lines of this system in the network's notation: CR LF. */
function lines(text: Buffer): Buffer {
  return Buffer.from(text.toString("latin1").replace(/\r?\n/g, "\r\n"), "latin1");
}

/** Keys: the one for a new line is CR NUL. */
function keys(text: Buffer): Buffer {
  return Buffer.from(text.toString("latin1").replace(/\r(?!\n)/g, "\r\0"), "latin1");
}
