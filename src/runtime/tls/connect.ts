import net from "node:net";
import tls from "node:tls";
import { internals } from "../net/internals";
import { pendingOf } from "../net/pending";
import { throughSocks } from "../redirect/through";

/**
 * `tls.connect` through SOCKS: Node's own function, with its own checks, certificates, ALPN and sessions; only
 * the dial differs. SNI and the certificate's name come from `servername` or `host`, which the proxy resolves.
 * With the option `path` nothing is dialled through SOCKS; with the option `socket` nothing is dialled at all.
 *
 * @returns a tls.TLSSocket, connecting
 */
export const connect = function connect(...args: unknown[]): tls.TLSSocket {
  const make = () => throughSocks(() => Reflect.apply(tls.connect, tls, args) as tls.TLSSocket);
  const beneath = args.find(hasSocket)?.socket;
  const socket = beneath instanceof net.Socket && isPending(beneath) ? overStream(beneath, make) : make();
  // Node ends a socket whose signal is aborted already, but its connect undoes that and dials nevertheless.
  if (args.some(isAborted) && !socket.destroyed) socket.destroy();
  return socket;
} as typeof tls.connect;

function isAborted(options: unknown): boolean {
  return (options as { signal?: Partial<AbortSignal> } | null | undefined)?.signal?.aborted === true;
}

function hasSocket(value: unknown): value is { socket: unknown } {
  return typeof value === "object" && value !== null && "socket" in value;
}

/** Whether the handshake with the proxy is still going on under `socket`. */
function isPending(socket: net.Socket): boolean {
  const handle = internals(socket)._handle;
  return handle !== null && pendingOf(handle) !== undefined;
}

/**
 * TLS over a socket attaches itself to the handle, and would take the proxy's answers for the server's. A socket
 * without a handle it treats as any stream, and waits for its 'connect'. As with a handle, it is TLS that answers
 * the server's end, with its own: the socket must not close the way before.
 */
function overStream<T>(socket: net.Socket, make: () => T): T {
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
