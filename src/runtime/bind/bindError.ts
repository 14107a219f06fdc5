import { SocksError } from "../errors/SocksError";
import type { Endpoint } from "../protocol/address";
import { redactedChain, type Proxy } from "../routes/proxy";

/**
 * The error of a BIND. A proxy that could not bind the port it was asked for says "general failure" or "rejected";
 * to a server that is EADDRINUSE.
 *
 * @param aboutPort whether a certain port was asked for, and the refusal is about that
 */
export function withBound(error: SocksError, aboutPort: boolean): SocksError {
  const { stage, reason, remedy, address, port, proxy, reply, cause } = error;
  const refused = stage === "destination" && (reply === 1 || reply === 5 || reply === 91);
  return new SocksError({
    code: aboutPort && refused ? "EADDRINUSE" : error.code,
    syscall: "bind",
    stage,
    reason,
    remedy,
    ...(address !== undefined && { address }),
    ...(port !== undefined && { port }),
    ...(proxy !== undefined && { proxy }),
    ...(reply !== undefined && { reply }),
    ...(cause !== undefined && { cause }),
  });
}

/**
 * The proxy has bound another port than the one that was asked for, which whoever was told that one would miss;
 * libsocks of Dante says EADDRINUSE, too.
 */
export function otherPort(
  { host: address, port }: Endpoint,
  got: number,
  chain: readonly Proxy[],
): SocksError {
  return new SocksError({
    code: "EADDRINUSE",
    syscall: "bind",
    stage: "handshake",
    address,
    port,
    proxy: redactedChain(chain),
    reason: `the proxy has bound port ${got} instead`,
    remedy: "Ask for port 0, and tell the peer the port that Rgetsockname returns.",
  });
}
