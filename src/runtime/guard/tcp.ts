import tls from "node:tls";
import { isCarrier } from "../net/carrier";
import type { Blotter } from "./blotter";
import type { DirectRoutes } from "./direct";
import { hidden } from "./hidden";
import { EACCES, intercept } from "./intercept";
import { Origins } from "./origins";

/**
 * Every TCP connection of this thread, of whatever library and of Node's own undici, ends in `connect` of a TCP
 * handle, with the address in its arguments and before the first packet.
 *
 * @returns ends the watch
 */
export function watchTCP(blotter: Blotter, direct: DirectRoutes): () => void {
  const origins = new Origins("net.client.socket", "TCPWRAP");
  const stop = intercept(tcpPrototype(), ["connect", "connect6"], (handle, _name, args) => {
    const socket = hidden(handle, "owner_symbol") as object | undefined;
    const [, address, port] = args as [unknown, string, number];
    if (isCarrier(handle) || (socket && isCarrier(socket))) return blotter.permitted("proxied");
    if (socket && direct.permit(socket, address, port)) return blotter.permitted("allowed");
    blotter.enter({ kind: "tcp", address, port, ...origins.of(socket, handle), killed: blotter.kills });
    return blotter.kills ? EACCES : undefined;
  });
  return () => {
    origins.close();
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
