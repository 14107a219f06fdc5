import net from "node:net";
import { internals } from "../net/internals";
import { isPending } from "../net/pending";

/**
 * Runs `make`, in which Node puts TLS over `socket`, such that this may still be connecting.
 *
 * TLS over a socket attaches itself to the handle, and would take the proxy's answers for the server's. A socket
 * without a handle it treats as any stream, and waits for its 'connect'. As with a handle, it is TLS that answers
 * the server's end, with its own: the socket must not close the way before.
 *
 * @param socket what TLS is to run over, if it is a socket of the program's at all
 */
export function overPending<T>(socket: unknown, make: () => T): T {
  if (!(socket instanceof net.Socket) || !isPending(socket)) return make();
  const state = internals(socket);
  const handle = state._handle;
  state._handle = null;
  try {
    const made = make();
    socket.allowHalfOpen = true;
    return made;
  } finally {
    state._handle = handle;
  }
}

/** The option `socket` of the first of these arguments that has one. */
export function socketIn(args: readonly unknown[]): unknown {
  return args.find(hasSocket)?.socket;
}

function hasSocket(value: unknown): value is { socket: unknown } {
  return typeof value === "object" && value !== null && "socket" in value;
}
