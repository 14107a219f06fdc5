import { once } from "node:events";
import net from "node:net";
import { failure } from "./failure";

/** How rcmd reaches the other host. */
export interface RcmdTransport {
  dial(host: string, port: number): net.Socket;
  /** A server that is listening already, for the host at the other end of that connection. */
  backchannel(control: net.Socket): Promise<net.Server>;
  /** The next connection of such a server. */
  accept(server: net.Server): Promise<net.Socket>;
}

/** The streams of a command that runs at the other host. */
export interface RemoteCommand {
  /** Its stdin and stdout. */
  socket: net.Socket;
  /** Its stderr (and signals to it), when asked for; otherwise stderr is part of stdout. */
  stderr: net.Socket | undefined;
}

/** rcmd(3), with its transport settled. */
export type Rcmd = (
  host: string,
  port: number,
  localUser: string,
  remoteUser: string,
  command: string,
  wantStderr?: boolean,
) => Promise<RemoteCommand>;

/**
 * rcmd(3): runs a command at another host, the protocol of rshd(8): the port for stderr, or nothing, then the
 * user names and the command, each ended by NUL; the answer is one NUL, or text that says what is wrong.
 *
 * rshd trusts a client for coming from a reserved port (below 1024) of a host that it knows. What it sees here is the
 * proxy: its address, and a port of the proxy's choice. Whether that is a reserved one is up to the proxy, and a
 * client that relies on it relies on the proxy.
 *
 * @param port of rshd: 514 for "shell"
 * @param wantStderr a second connection for stderr, which the other host opens to us
 * @throws what connecting throws; EACCES with the text that rshd answered; ECONNRESET when it answers nothing
 */
export async function rcmd(
  transport: RcmdTransport,
  ...[host, port, localUser, remoteUser, command, wantStderr = false]: Parameters<Rcmd>
): Promise<RemoteCommand> {
  for (const text of [localUser, remoteUser, command])
    if (text.includes("\0"))
      throw failure("rcmd", "EINVAL", "user names and command cannot contain a NUL byte");
  const socket = transport.dial(host, port);
  let server: net.Server | undefined;
  try {
    await once(socket, "connect");
    const verdict = answer(socket);
    verdict.catch(() => undefined);
    if (!wantStderr) socket.write("0\0");
    const stderr = wantStderr ? await second(verdict) : undefined;
    socket.write(`${localUser}\0${remoteUser}\0${command}\0`);
    await verdict;
    return { socket, stderr };
  } catch (error) {
    socket.destroy();
    throw error;
  } finally {
    server?.close();
  }

  /** The other host's connection for stderr; it may refuse instead. */
  async function second(verdict: Promise<void>): Promise<net.Socket> {
    server = await transport.backchannel(socket);
    socket.write(`${(server.address() as net.AddressInfo).port}\0`);
    const early = verdict.then(() => {
      throw failure("rcmd", "EPROTO", "the other host accepted a command before it was sent");
    });
    const accepting = transport.accept(server);
    // Whichever comes second is of no interest.
    for (const promise of [early, accepting]) promise.catch(() => undefined);
    return Promise.race([accepting, early]);
  }
}

/** Reads the one NUL; anything else is a message that ends with the line. */
async function answer(socket: net.Socket): Promise<void> {
  let text = "";
  for (;;) {
    const byte = socket.read(1) as Buffer | null;
    if (byte?.[0] === 0 && text === "") return;
    // rshd(8): a message is announced by a byte 1.
    if (byte?.[0] === 0x0a || (!byte && socket.readableEnded))
      throw text
        ? failure("rcmd", "EACCES", `the other host says: ${text}`)
        : failure("rcmd", "ECONNRESET", "the other host closed the connection without an answer");
    if (byte) {
      if (byte[0] !== 1 || text !== "") text += byte.toString("latin1");
      continue;
    }
    if (socket.destroyed) throw failure("rcmd", "ECONNRESET", "the connection broke");
    await new Promise<void>((resolve) => {
      const done = (): void => {
        for (const event of ["readable", "end", "close", "error"]) socket.off(event, done);
        resolve();
      };
      for (const event of ["readable", "end", "close", "error"]) socket.on(event, done);
    });
  }
}
