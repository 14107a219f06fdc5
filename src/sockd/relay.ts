import type { Socket } from "node:net";
import type { SessionRecord } from "./record";
import { reset } from "./reset";

/**
 * Carries bytes both ways until both directions have ended. Each direction ends on its own (half-close),
 * a slow reader slows its writer (pipe's backpressure), and a reset on one side is a reset on the other:
 * to a peer, a truncated stream must not look like a complete one.
 * @param idleTimeout in milliseconds, 0 for none.
 * @returns a promise that is fulfilled once both sockets are closed, and never rejected.
 */
export function relay(
  client: Socket,
  peer: Socket,
  idleTimeout: number,
  record: SessionRecord,
): Promise<void> {
  const abort = (reason: string) => {
    record.error ??= reason;
    for (const socket of [client, peer]) reset(socket);
  };
  client.on("data", (chunk: Buffer) => (record.bytesUp += chunk.length));
  peer.on("data", (chunk: Buffer) => (record.bytesDown += chunk.length));
  // Every byte of either direction touches the client's socket, so its timer sees them all.
  client.setTimeout(idleTimeout, () => abort(`idle for ${idleTimeout} ms`));
  client.pipe(peer);
  peer.pipe(client);
  const ended = ([name, socket]: [string, Socket]) =>
    new Promise<void>((resolve) => {
      socket.on("error", (error: NodeJS.ErrnoException) => abort(`${name}: ${error.code ?? error.message}`));
      const onClose = () => {
        if (!socket.readableEnded || !socket.writableFinished) abort(`${name} went away`);
        resolve();
      };
      if (socket.closed) onClose();
      else socket.on("close", onClose);
    });
  return Promise.all([ended(["client", client]), ended(["peer", peer])]).then(() => {});
}
