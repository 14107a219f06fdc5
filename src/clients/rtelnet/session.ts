import { once } from "node:events";
import * as net from "node:net";
import { Decoder } from "./decoder.js";
import { Negotiation, escaped } from "./negotiation.js";
import { Keyboard } from "./keyboard.js";

export interface SessionOptions {
  host: string;
  port: number;
  /** Close the sending side at the end of standard input. */
  halfClose: boolean;
  /** The control character that leads to the client's own commands; undefined for none. */
  escape: number | undefined;
}

/**
 * One telnet session, with this process's standard input and output, until either side ends it.
 *
 * @throws what connecting throws, and what breaks the connection
 */
export async function session({ host, port, halfClose, escape }: SessionOptions): Promise<void> {
  const { stdin, stdout, stderr, env } = process;
  const socket = net.connect({ host, port });
  await once(socket, "connect");
  if (stdin.isTTY) stderr.write(`Connected to ${host}.\n`);

  const window = () => (stdout.isTTY ? { columns: stdout.columns, rows: stdout.rows } : undefined);
  // The other side may say things after we have ended ours, which must not be answered.
  const send = (bytes: Buffer): boolean => !socket.writable || socket.write(bytes);
  const keyboard = new Keyboard(
    stdin,
    {
      typed: (bytes) => {
        if (!send(escaped(bytes))) stdin.pause();
      },
      command: send,
      ended: () => {
        if (halfClose) socket.end();
      },
      quit: () => void socket.destroy(),
      status: () => stderr.write(`Connected to ${host} port ${port}.\n`),
    },
    escape,
  );
  const negotiation = new Negotiation(send, env.TERM ?? "unknown", window, (yes) =>
    keyboard.remoteEchoes(yes),
  );
  const decoder = new Decoder(negotiation);
  const resized = (): void => negotiation.tellWindow();
  stdout.on("resize", resized);
  socket.on("drain", () => void stdin.resume());
  socket.on("data", (bytes) => {
    if (stdout.write(decoder.receive(bytes))) return;
    socket.pause();
    stdout.once("drain", () => socket.resume());
  });
  try {
    keyboard.open();
    await once(socket, "close");
  } finally {
    keyboard.close();
    stdout.off("resize", resized);
  }
  if (stdin.isTTY) stderr.write("Connection closed.\n");
}
