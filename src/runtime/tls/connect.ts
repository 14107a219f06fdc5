import tls = require("node:tls");
import { throughSocks } from "../redirect/through";
import { overPending, socketIn } from "./beneath";

/**
 * `tls.connect` through SOCKS: Node's own function, with its own checks, certificates, ALPN and sessions; only
 * the dial differs. SNI and the certificate's name come from `servername` or `host`, which the proxy resolves.
 * With the option `path` nothing is dialled through SOCKS; with the option `socket` nothing is dialled at all.
 *
 * @returns a tls.TLSSocket, connecting
 */
export const connect = function connect(...args: unknown[]): tls.TLSSocket {
  const socket = overPending(socketIn(args), () =>
    throughSocks(() => Reflect.apply(tls.connect, tls, args) as tls.TLSSocket),
  );
  // Node ends a socket whose signal is aborted already, but its connect undoes that and dials nevertheless.
  if (args.some(isAborted) && !socket.destroyed) socket.destroy();
  return socket;
} as typeof tls.connect;

function isAborted(options: unknown): boolean {
  return (options as { signal?: Partial<AbortSignal> } | null | undefined)?.signal?.aborted === true;
}
