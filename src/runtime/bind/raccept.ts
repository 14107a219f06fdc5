import { once } from "node:events";
import net from "node:net";
import { accept, Descriptor } from "../berkeley/descriptor";

/** Connections that arrived while nobody waited for them. */
const waiting = new WeakMap<net.Server, net.Socket[]>();

/**
 * accept() of libsocks: the next connection of a server, whether it listens here or at the proxy.
 *
 * The first call makes the server keep its connections for the calls that follow, so that none is missed between
 * two of them.
 *
 * @returns the connection; of a BIND it is the second reply's, and its remoteAddress is the peer
 * @throws what the server emits as 'error' meanwhile; EINVAL for a server that does not listen; ECONNABORTED when it
 *   is closed
 */
export async function Raccept(server: net.Server): Promise<net.Socket>;
/** `accept(s)` of the Berkeley face. */
export async function Raccept(s: Descriptor): Promise<Descriptor>;
export async function Raccept(server: net.Server | Descriptor): Promise<net.Socket | Descriptor> {
  if (server instanceof Descriptor) return accept(server);
  const queue = queueOf(server);
  for (;;) {
    const socket = queue.shift();
    if (socket) return socket;
    if (!server.listening) throw failure("EINVAL", "the server is not listening");
    const stop = new AbortController();
    const { signal } = stop;
    try {
      await Promise.race([
        once(server, "connection", { signal }),
        once(server, "close", { signal }).then(() => {
          throw failure("ECONNABORTED", "the server was closed");
        }),
      ]);
    } finally {
      stop.abort();
    }
  }
}

function queueOf(server: net.Server): net.Socket[] {
  let queue = waiting.get(server);
  if (!queue) {
    const kept: net.Socket[] = [];
    waiting.set(server, (queue = kept));
    server.prependListener("connection", (socket) => void kept.push(socket));
  }
  return queue;
}

function failure(code: string, reason: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`accept ${code}: ${reason}`), { code, syscall: "accept" });
}
