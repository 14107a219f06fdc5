import { pipeline } from "node:stream/promises";
import type { Readable, Transform, Writable } from "node:stream";
import { fromNetwork, toNetwork } from "./ascii.js";
import { Control } from "./control.js";
import { active, passive, type Agreed } from "./data.js";
import { ReplyError, type Reply } from "./reply.js";

/** What the user has chosen, and the server, where there is one. */
export class Session {
  type: "A" | "I" = "I";
  passive = true;
  private current: Control | undefined;

  /** @param heard is told every answer of a server */
  constructor(private readonly heard: (reply: Reply) => void) {}

  /** @throws where there is none */
  get control(): Control {
    if (!this.current?.isOpen) throw new ReplyError("not connected: open HOST [PORT]");
    return this.current;
  }

  get isOpen(): boolean {
    return this.current?.isOpen ?? false;
  }

  async open(host: string, port: number): Promise<void> {
    if (this.isOpen) throw new ReplyError("connected already: close");
    this.current = await Control.open(host, port, this.heard);
  }

  /** @param password is asked for it where the server wants one */
  async login(user: string, password: () => Promise<string>): Promise<void> {
    const { code } = await this.control.command(`USER ${user}`, 2, 3);
    if (code === 331) await this.control.command(`PASS ${await password()}`, 2);
    else if (code >= 300) throw new ReplyError("the server wants an account (ACCT), which rftp has not");
  }

  async close(): Promise<void> {
    if (!this.isOpen) return;
    await this.control.ask("QUIT");
    this.control.close();
  }

  /** Ends it without a word. */
  drop(): void {
    this.current?.close();
  }

  /** RETR, LIST and the like. */
  async receive(command: string, type: "A" | "I", target: Writable): Promise<void> {
    await this.transfer(command, type, (data) => stages(data, type === "A" && fromNetwork(), target));
  }

  /** STOR and the like. */
  async send(command: string, type: "A" | "I", source: Readable): Promise<void> {
    await this.transfer(command, type, (data) => stages(source, type === "A" && toNetwork(), data));
  }

  private async transfer(
    command: string,
    type: "A" | "I",
    move: (data: Readable & Writable) => Promise<void>,
  ): Promise<void> {
    const { control } = this;
    await control.command(`TYPE ${type}`, 2);
    const agreed: Agreed = await (this.passive ? passive(control) : active(control));
    try {
      await control.command(command, 1);
      await move(await agreed.connection());
    } catch (error) {
      agreed.cancel();
      // Of a transfer that broke there is an answer left, which is not to be taken for the next command's.
      if (!(error instanceof ReplyError)) this.drop();
      throw error;
    }
    await control.expect(2);
  }
}

function stages(from: Readable, through: Transform | false, to: Writable): Promise<void> {
  // Standard output goes on after a file.
  const options = { end: to !== process.stdout };
  return through ? pipeline(from, through, to, options) : pipeline(from, to, options);
}
