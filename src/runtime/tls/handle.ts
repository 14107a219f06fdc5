import type tls = require("node:tls");
import { adoptHandle, internals, type StreamHandle } from "../net/internals";

/** The handle of a TLSSocket: TLS over the TCP handle of the connection. */
interface TLSWrap extends StreamHandle {
  _secureContext: object;
  enableSessionCallbacks(): void;
  enableKeylogCallback(): void;
  receive(bytes: Buffer): void;
}

function wrapOf(socket: tls.TLSSocket): TLSWrap {
  return internals(socket)._handle as TLSWrap;
}

/**
 * Puts an established connection under a TLSSocket that has not begun its handshake. Node does the same when it
 * tries a host's next address; server name, session, ALPN and PSK come along. What Node forgets is added here.
 */
export function adoptUnderTLS(socket: tls.TLSSocket, handle: StreamHandle): void {
  // Closing the first TLSWrap would close the secure context when that serves a single connection (`singleUse`,
  // lib/_tls_wrap.js), and it is this connection that it is to serve.
  wrapOf(socket)._secureContext = { singleUse: false };
  adoptHandle(socket, handle);
  const wrap = wrapOf(socket);
  // The same close has cleared `ssl`; without it the new TLSWrap would never be released.
  (socket as unknown as { ssl: TLSWrap }).ssl = wrap;
  // Node enables these when the first listener arrives, on the handle of that moment.
  if (socket.listenerCount("session") > 0) wrap.enableSessionCallbacks();
  if (socket.listenerCount("keylog") > 0) wrap.enableKeylogCallback();
}

/** Gives TLS bytes that were read together with the SOCKS reply: a server that talks first is TLS's to judge. */
export function deliverToTLS(socket: tls.TLSSocket, bytes: Buffer): void {
  if (bytes.length > 0 && !socket.destroyed) wrapOf(socket).receive(bytes);
}
