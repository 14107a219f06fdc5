import { once } from "node:events";
import net = require("node:net");
import { IPPORT_RESERVED } from "./constants";
import { either } from "./either";
import { failure } from "./failure";

/** How rcmd reaches the other host. */
export interface RcmdTransport {
  /** @param localPort of this machine, to leave from; any if undefined */
  dial(host: string, port: number, localPort: number | undefined): net.Socket;
  /** A server that is listening already, for the host at the other end of that connection. */
  backchannel(control: net.Socket): Promise<net.Server>;
  /** The next connection of such a server that comes from that host. */
  accept(server: net.Server, control: net.Socket): Promise<net.Socket>;
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
 * rshd trusts a client for coming from a reserved port (512 to 1023) of a host that it knows, and closes the
 * connection of any other without a word. So it leaves from such a port where it may, which takes root (or
 * CAP_NET_BIND_SERVICE). Through SOCKS rshd sees the proxy's address and port instead: the proxy has to leave from
 * the same port (Dante's `compatibility: sameport`), and rshd has to trust the proxy's host. The port for stderr is
 * of the proxy's choice, and not a reserved one: Debian's rsh-redone-server takes it, BSD's rshd did not.
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
  const socket = await dialReserved(transport, host, port);
  // Whatever breaks meanwhile, the answer that does not come tells it.
  const told = (): void => undefined;
  socket.on("error", told);
  let server: net.Server | undefined;
  try {
    const verdict = answer(socket);
    verdict.catch(() => undefined);
    if (!wantStderr) socket.write("0\0");
    const stderr = wantStderr ? await second(verdict) : undefined;
    socket.write(`${localUser}\0${remoteUser}\0${command}\0`);
    await verdict;
    socket.off("error", told);
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
    const accepting = transport.accept(server, socket);
    // Whichever comes second is of no interest.
    for (const promise of [early, accepting]) promise.catch(() => undefined);
    return Promise.race([accepting, early]);
  }
}

/** rresvport(3): from the highest reserved port down to the first that is free; from any without the right to do so. */
async function dialReserved({ dial }: RcmdTransport, host: string, port: number): Promise<net.Socket> {
  for (let localPort = IPPORT_RESERVED - 1; localPort >= IPPORT_RESERVED / 2; localPort--) {
    const socket = dial(host, port, localPort);
    try {
      await once(socket, "connect");
      return socket;
    } catch (error) {
      const { code, syscall } = error as NodeJS.ErrnoException;
      if (code === "EACCES" && syscall === "bind") break;
      if (code !== "EADDRINUSE" && code !== "EADDRNOTAVAIL") throw error;
    }
  }
  const socket = dial(host, port, undefined);
  await once(socket, "connect");
  return socket;
}

/** Reads the one NUL; anything else is a message that ends with the line. */
async function answer(socket: net.Socket): Promise<void> {
  let text = "";
  for (;;) {
    const byte = socket.read(1) as Buffer | null;
    if (byte?.[0] === 0 && text === "") return;
    // rshd(8): a message is announced by a byte 1, and is a line.
    if (byte?.[0] === 0x0a || text.length === LONGEST_MESSAGE || (!byte && socket.readableEnded))
      throw text
        ? failure("rcmd", "EACCES", `the other host says: ${text}`)
        : failure("rcmd", "ECONNRESET", UNANSWERED);
    if (byte) {
      if (byte[0] !== 1 || text !== "") text += byte.toString("latin1");
      continue;
    }
    if (socket.destroyed) throw failure("rcmd", "ECONNRESET", UNANSWERED);
    await either(socket, ["readable", "end", "close", "error"]);
  }
}

/** Characters. A message that goes on is cut there. */
const LONGEST_MESSAGE = 1024;

const UNANSWERED =
  "the other host closed the connection without an answer. rshd does so when it is not asked from a reserved port (512 " +
  "to 1023): run as root, and through SOCKS have the proxy keep the port (Dante: compatibility: sameport).";
