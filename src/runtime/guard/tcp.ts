import { subscribe, unsubscribe } from "node:diagnostics_channel";
import tls from "node:tls";
import { isCarrier } from "../net/carrier";
import type { Blotter } from "./blotter";
import { EACCES, intercept } from "./intercept";
import { hidden } from "./hidden";
import { origin } from "./origin";
import type { DirectRoutes } from "./direct";

/**
 * Every TCP connection of this thread, of whatever library and of Node's own undici, ends in `connect` of a TCP
 * handle, with the address in its arguments and before the first packet. The dial began earlier: Node's channel
 * `net.client.socket` tells on whose line.
 *
 * @returns ends the watch
 */
export function watchTCP(blotter: Blotter, direct: DirectRoutes): () => void {
  const origins = new WeakMap<object, string | undefined>();
  const onSocket = (message: unknown) => {
    const { socket } = message as { socket: object };
    if (!origins.has(socket)) origins.set(socket, origin());
  };
  subscribe("net.client.socket", onSocket);

  const stop = intercept(tcpPrototype(), ["connect", "connect6"], (handle, _name, args) => {
    const socket = hidden(handle, "owner_symbol") as object | undefined;
    const [, address, port] = args as [unknown, string, number];
    if (isCarrier(handle) || (socket && isCarrier(socket))) return blotter.permitted("proxied");
    if (socket && direct.permit(socket, address, port)) return blotter.permitted("allowed");
    const at = (socket && origins.get(socket)) ?? origin();
    blotter.enter({ kind: "tcp", address, port, ...(at && { at }), killed: blotter.kills });
    return blotter.kills ? EACCES : undefined;
  });

  return () => {
    unsubscribe("net.client.socket", onSocket);
    stop();
  };
}

/** Node does not export its TCP class; a TLSSocket that has no connection yet holds an instance. */
function tcpPrototype(): object {
  const { _handle } = new tls.TLSSocket(undefined as never) as unknown as {
    _handle: { _parent: { close(): void } };
  };
  const { _parent } = _handle;
  _parent.close();
  return Object.getPrototypeOf(_parent) as object;
}
