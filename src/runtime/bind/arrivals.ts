import { once } from "node:events";
import type net = require("node:net");

/** What a server has got and nobody has taken yet. */
export interface Arrivals {
  readonly sockets: net.Socket[];
  /** Why no more will come; undefined as long as they may. */
  ended: Error | undefined;
  /** An 'error' of the server that nobody was told of. */
  error: Error | undefined;
}

const kept = new WeakMap<net.Server, Arrivals>();

/**
 * The connections of `server` that wait for an accept, as those in the kernel's queue do for the one of C. They are
 * kept from the first call on.
 */
export function arrivalsOf(server: net.Server): Arrivals {
  let arrivals = kept.get(server);
  if (!arrivals) {
    const sockets: net.Socket[] = [];
    kept.set(server, (arrivals = { sockets, ended: undefined, error: undefined }));
    server.prependListener("connection", (socket) => void sockets.push(socket));
  }
  return arrivals;
}

/**
 * Waits until a connection may have come, or none can come any more.
 *
 * @throws what the server emits as 'error' meanwhile
 */
export async function arrival(server: net.Server): Promise<void> {
  const stop = new AbortController();
  const { signal } = stop;
  try {
    await Promise.race([once(server, "connection", { signal }), once(server, "close", { signal })]);
  } finally {
    stop.abort();
  }
}

/** The one connection of a BIND has come: until the server is closed, a further accept would wait in vain. */
export function endArrivals(server: net.Server): void {
  const arrivals = arrivalsOf(server);
  arrivals.ended = acceptFailure(
    "EOPNOTSUPP",
    "a SOCKS BIND brings one connection, which has come. Bind again for another; it gets a port of its own.",
  );
  server.once("close", () => (arrivals.ended = undefined));
}

/** Keeps an 'error' for the next accept, as SO_ERROR does. */
export function keepError(server: net.Server): void {
  const arrivals = arrivalsOf(server);
  server.on("error", (error) => (arrivals.error = error));
}

export function acceptFailure(code: string, reason: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`accept ${code}: ${reason}`), { code, syscall: "accept" });
}
