import type { Socket } from "node:net";

/**
 * Closes a connection so that the far end sees a reset.
 *
 * libuv cannot reset a stream while it shuts down (uv_tcp_close_reset: UV_EINVAL), and Node takes the handle for closed
 * nevertheless: it would stay open, and Node 22 and later would wait for it in vain at exit. Such a connection is
 * closed in the ordinary way; it has had its FIN.
 */
export function reset(socket: Socket): void {
  if (socket.destroyed) return;
  if (socket.writableEnded && !socket.writableFinished) socket.destroy();
  else socket.resetAndDestroy();
}
