import type { ClientHttp2Session } from "node:http2";
import type net from "node:net";

/** The native session. */
interface NativeSession {
  receive(bytes: Buffer): void;
}

/**
 * A server speaks first in HTTP/2, and its SETTINGS may come in one segment with the SOCKS reply. They are then in the
 * socket's buffer when the native session takes over the handle, and it never looks there. Node hands over what a
 * finished socket has buffered (nodejs/node#35475), but for a connecting one it looks too early; so this does it again.
 */
export function handOverEarlyBytes(session: ClientHttp2Session): ClientHttp2Session {
  return session.once("connect", (_, socket: net.Socket) => {
    for (let bytes; !socket.destroyed && socket.readableLength > 0 && (bytes = socket.read() as Buffer);)
      nativeSession(session)?.receive(bytes);
  });
}

function nativeSession(session: ClientHttp2Session): NativeSession | undefined {
  const kHandle = Object.getOwnPropertySymbols(session).find(({ description }) => description === "kHandle");
  return kHandle && (session as unknown as Record<symbol, NativeSession>)[kHandle];
}
