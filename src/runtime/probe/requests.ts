import net from "node:net";
import type { SocksError } from "../errors/SocksError";
import { Dial, type Grant } from "../net/dial";
import type { Endpoint } from "../protocol/address";
import type { Command } from "../protocol/handshake";
import type { Proxy } from "../routes/proxy";

/** What a proxy made of a request. */
export type Reply =
  | { granted: true; /** Whether the connection was still there after a while. */ lasts: boolean }
  | { granted: false; error: SocksError };

/**
 * One request, whose connection is closed at once, or as soon as it is known whether it lasts.
 *
 * @param milliseconds until it is granted
 * @param patience milliseconds to wait for its end, after it was granted
 */
export function request(
  chain: readonly Proxy[],
  command: Command,
  destination: Endpoint,
  milliseconds: number,
  patience = 0,
): Promise<Reply> {
  return new Promise((resolve) => {
    const dial = new Dial(
      { command, destination, chains: [chain] },
      { timeout: milliseconds, bindTimeout: milliseconds, pipeline: false, isolate: undefined },
      {
        bound: () => {
          dial.abort();
          resolve({ granted: true, lasts: true });
        },
        established: (grant) =>
          void lasts(grant, patience).then((lasts) => resolve({ granted: true, lasts })),
        failed: (error) => resolve({ granted: false, error }),
      },
    );
    dial.start();
  });
}

/** Does the connection last, or say anything, for that long? */
function lasts({ handle, rest }: Grant, milliseconds: number): Promise<boolean> {
  const socket = new net.Socket({ handle } as never);
  return new Promise((resolve) => {
    const end = (result: boolean): void => {
      clearTimeout(timer);
      socket
        .removeAllListeners()
        .on("error", () => undefined)
        .destroy();
      resolve(result);
    };
    const timer = setTimeout(() => end(true), milliseconds);
    if (rest.length > 0) return end(true);
    socket.on("data", () => end(true));
    for (const event of ["end", "error", "close"]) socket.on(event, () => end(false));
  });
}
