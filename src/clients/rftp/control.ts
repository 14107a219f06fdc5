import { once } from "node:events";
import * as net from "node:net";
import { Refusal, Replies, ReplyError, type Reply } from "./reply.js";

/** The control connection (RFC 959 §2.3): a command, an answer. */
export class Control {
  private readonly replies = new Replies();
  private readonly waiting: Reply[] = [];
  private broken: Error | undefined;
  private wake: () => void = () => undefined;

  private constructor(
    readonly socket: net.Socket,
    readonly host: string,
    private readonly heard: (reply: Reply) => void,
  ) {
    socket.setEncoding("utf8");
    socket.on("data", (text) => {
      try {
        this.waiting.push(...this.replies.receive(String(text)));
      } catch (error) {
        socket.destroy(error as Error);
      }
      this.wake();
    });
    socket.on("error", (error) => (this.broken = error));
    socket.on("close", () => {
      this.broken ??= new ReplyError("the server has closed the connection");
      this.wake();
    });
  }

  /**
   * Connects, and waits for the greeting.
   *
   * @param heard is told every answer
   */
  static async open(host: string, port: number, heard: (reply: Reply) => void): Promise<Control> {
    const socket = net.connect({ host, port });
    await once(socket, "connect");
    const control = new Control(socket, host, heard);
    try {
      // 120: it will be ready in a while.
      while ((await control.expect(1, 2)).code < 200);
      return control;
    } catch (error) {
      control.close();
      throw error;
    }
  }

  get isOpen(): boolean {
    return this.broken === undefined;
  }

  /**
   * @param kinds the first digits of answers that mean success
   * @throws ReplyError with the server's words
   */
  async command(line: string, ...kinds: number[]): Promise<Reply> {
    this.say(line);
    return this.expect(...kinds);
  }

  /** As command, where any answer will do. */
  async ask(line: string): Promise<Reply> {
    this.say(line);
    return this.next();
  }

  /** The next answer. */
  async expect(...kinds: number[]): Promise<Reply> {
    const reply = await this.next();
    if (!kinds.includes(Math.trunc(reply.code / 100))) throw new Refusal(reply.text);
    return reply;
  }

  close(): void {
    this.broken ??= new ReplyError("the connection is closed");
    this.socket.destroy();
  }

  private say(line: string): void {
    if (/[\r\n\0]/.test(line)) throw new ReplyError("a name cannot contain a line break");
    this.socket.write(`${line}\r\n`);
  }

  private async next(): Promise<Reply> {
    for (;;) {
      const reply = this.waiting.shift();
      if (reply) {
        this.heard(reply);
        return reply;
      }
      if (this.broken) throw this.broken;
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }
}
