import { AsyncLocalStorage } from "node:async_hooks";
import type net = require("node:net");
import { destinationOf } from "../net/established";

/**
 * The last connect of each asynchronous context. libsocks knew one last connect for the whole process, which in a
 * server that serves many would be anybody's.
 */
const lastConnect = new AsyncLocalStorage<net.Socket>();

/** From here on, `socket` is the last connect of the caller's asynchronous context. */
export function noteLastConnect(socket: net.Socket): void {
  lastConnect.enterWith(socket);
}

/** Whether that connect is still under way. */
export function isConnecting(): boolean {
  return lastConnect.getStore()?.connecting === true;
}

/**
 * The host of that connect, where it is open: `undefined` as a host is that of a connection without a proxy, or of one
 * that is not made yet.
 */
export function lastConnected(): { host: string | undefined } | undefined {
  const socket = lastConnect.getStore();
  return !socket || socket.destroyed ? undefined : { host: destinationOf(socket)?.host };
}
