import type net = require("node:net");

const sockets = new WeakSet<net.Socket>();

/**
 * The option localPort of this socket is meant for its way to the proxy. For everybody else it is an error, since the
 * destination sees the proxy's port; a proxy can be told to use the same one (Dante's `compatibility: sameport`).
 */
export function leaveFromOwnPort(socket: net.Socket): void {
  sockets.add(socket);
}

export function leavesFromOwnPort(socket: net.Socket): boolean {
  return sockets.has(socket);
}
