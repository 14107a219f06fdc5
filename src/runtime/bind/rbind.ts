import { once } from "node:events";
import net = require("node:net");
import { Descriptor, type Address } from "../berkeley/descriptor";
import { descriptors } from "../berkeley/socks";
import { Rlisten } from "../net/listen";
import { keepError } from "./arrivals";
import { setPeer, type Peer } from "./peer";

/** Options of {@link Rbind} without a server. */
export interface BindOptions {
  /** The port wanted at the proxy; any when left out. Not every proxy can be asked for one. */
  port?: number;
  /** As for net.createServer. */
  server?: net.ServerOpts;
}

/** The forms of {@link Rbind}. */
export interface Rbind {
  /** Says for whom `server` is going to listen; `Rlisten(server, …)` then listens at the proxy. */
  <S extends net.Server>(server: S, peer: Peer): S;
  /** Listens at the proxy for `peer`: a server that is listening already. */
  (peer: Peer, options?: BindOptions): Promise<net.Server>;
  /** `bind(s, address, peer)` of the Berkeley face. */
  (s: Descriptor, address: Address, peer?: string): Promise<void>;
}

/**
 * bind() of libsocks: a port at the proxy, to which one peer may connect (BIND, RFC 1928 §4).
 *
 * @param peer the host that will connect, or an open connection to it: "bind only after a successful connect to the
 *   service's host" (What SOCKS expects)
 * @returns the server; its address() is the one to tell the peer, its 'connection' is the peer's
 * @remarks 'error' (or the rejection) is a SocksError: EADDRINUSE when the proxy refuses the port, EOPNOTSUPP
 *   when it has no BIND, ETIMEDOUT when nobody connects
 * @example
 * const server = await Rbind(control);
 * control.write(`PORT ${portArguments(Rgetsockname(server))}\r\n`);
 * const data = await Raccept(server);
 */
export const Rbind: Rbind = ((first: net.Server | Peer | Descriptor, second?: unknown, third?: string) => {
  if (first instanceof Descriptor) return descriptors.bind(first, second as Address, third);
  if (first instanceof net.Server) {
    setPeer(first, second as Peer);
    return first;
  }
  return bound(first, second as BindOptions | undefined);
}) as Rbind;

async function bound(peer: Peer, { port = 0, server: options = {} }: BindOptions = {}): Promise<net.Server> {
  const server = net.createServer(options);
  setPeer(server, peer);
  Rlisten(server, port);
  await once(server, "listening");
  keepError(server);
  return server;
}
