import type net = require("node:net");
import { accept, Descriptor } from "../berkeley/descriptor";
import { acceptFailure, arrival, arrivalsOf } from "./arrivals";

/**
 * accept() of libsocks: the next connection of a server, whether it listens here or at the proxy.
 *
 * A server that listens at the proxy keeps its connection until it is asked for; one that listens here keeps its
 * connections from the first call on, so that none is missed between two calls.
 *
 * @returns the connection; of a BIND it is the second reply's, and its remoteAddress is the peer
 * @throws what the server emits as 'error' meanwhile; EINVAL for a server that does not listen; ECONNABORTED when it
 *   is closed; EOPNOTSUPP for a second connection of one BIND
 */
export async function Raccept(server: net.Server): Promise<net.Socket>;
/** `accept(s)` of the Berkeley face. */
export async function Raccept(s: Descriptor): Promise<Descriptor>;
export async function Raccept(server: net.Server | Descriptor): Promise<net.Socket | Descriptor> {
  if (server instanceof Descriptor) return accept(server);
  const arrivals = arrivalsOf(server);
  for (let waited = false; ; waited = true) {
    const socket = arrivals.sockets.shift();
    if (socket) return socket;
    const error = arrivals.error ?? arrivals.ended;
    arrivals.error = undefined;
    if (error) throw error;
    if (!server.listening)
      throw waited
        ? acceptFailure("ECONNABORTED", "the server was closed")
        : acceptFailure("EINVAL", "the server is not listening");
    await arrival(server);
  }
}
