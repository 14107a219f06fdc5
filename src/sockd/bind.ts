import { createServer, isIP, type Socket } from "node:net";
import { parseIPv4, plainIP } from "./address";
import { Refusal, refusalOf, Reply } from "./errors";
import type { Settings } from "./options";
import type { Address } from "./request";
import { reset } from "./reset";

/**
 * Listens for one connection of a peer at one of `expected`, an unspecified address (0.0.0.0, ::) meaning any.
 * RFC 1928 §4: "BIND … requires the client to accept connections from the server".
 * @param onListening gets BND for the first reply.
 */
export function acceptOne(
  expected: readonly string[],
  port: number,
  reachedAt: string,
  settings: Pick<Settings, "bindAddress" | "bindRequestedPort" | "bindTimeout">,
  signal: AbortSignal,
  onListening: (bound: Address) => void,
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const server = createServer({ allowHalfOpen: true, pauseOnConnect: true });
    const settle = (done: () => void) => {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
      server.close();
      done();
    };
    const fail = (refusal: Refusal) => settle(() => reject(refusal));
    const onAbort = () => fail(new Refusal(Reply.GeneralFailure, "the client went away"));
    const timer = setTimeout(
      () => fail(new Refusal(Reply.TtlExpired, `nobody connected within ${settings.bindTimeout} ms`)),
      settings.bindTimeout,
    );
    signal.addEventListener("abort", onAbort);
    server.once("error", (error) => fail(refusalOf(error)));
    server.once("connection", (peer) => {
      const from = plainIP(peer.remoteAddress ?? "");
      if (expected.some((address) => isUnspecified(address) || plainIP(address) === from))
        return settle(() => resolve(peer));
      // SOCKS4: "If the originating host's address does not match DSTIP … both connections are closed".
      reset(peer);
      fail(new Refusal(Reply.NotAllowed, `${from} connected instead of ${expected.join(", ")}`));
    });
    server.listen(
      {
        host: settings.bindAddress ?? localAddressFor(expected[0]!, reachedAt),
        port: settings.bindRequestedPort ? port : 0,
        backlog: 1,
        exclusive: true,
      },
      () => {
        const { address, port } = server.address() as { address: string; port: number };
        onListening({ host: address, port });
      },
    );
    if (signal.aborted) onAbort();
  });
}

function isUnspecified(address: string): boolean {
  return /^[0.:]+$/.test(plainIP(address));
}

/** The address the client knows the proxy by, if a peer of the expected family can reach it. */
function localAddressFor(expected: string, reachedAt: string): string {
  const own = plainIP(reachedAt);
  const family = parseIPv4(expected) ? 4 : 6;
  if (isUnspecified(expected) || isIP(own) === family) return own;
  return family === 4 ? "0.0.0.0" : "::";
}
