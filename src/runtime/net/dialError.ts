import { SocksError } from "../errors/SocksError";
import type { Endpoint } from "../protocol/address";
import { ProtocolFailure } from "../protocol/failure";
import { redactedChain, type Proxy } from "../routes/proxy";

/**
 * Makes one error of what went wrong on the way to `destination` through `chain`.
 *
 * @param error a ProtocolFailure, or Node's error of the connection to the first proxy
 * @param reached whether there was a connection to the proxy when it failed
 * @param early bytes of the caller's that had gone with the request, so that it could not be tried again
 */
export function dialError(
  error: Error,
  destination: Endpoint,
  chain: readonly Proxy[] | undefined,
  reached: boolean,
  early = 0,
): SocksError {
  if (error instanceof SocksError) return error;
  const place = {
    address: destination.host,
    port: destination.port,
    ...(chain && { proxy: redactedChain(chain) }),
  };
  if (error instanceof ProtocolFailure) {
    const { code, stage, reply } = error;
    const reason = error.reason + inDoubt(early);
    const remedy = error.remedy;
    return new SocksError({ ...place, code, reason, remedy, stage, ...(reply !== undefined && { reply }) });
  }
  const { code = "ECONNRESET", message } = error as NodeJS.ErrnoException;
  return new SocksError({
    ...place,
    code,
    cause: error,
    ...(reached
      ? {
          stage: "handshake",
          reason: `the connection to the proxy broke during the handshake (${message})${inDoubt(early)}`,
          remedy: "See the proxy's log, and the network between here and the proxy.",
        }
      : {
          stage: "proxy",
          reason: `the proxy cannot be reached (${message || code})`,
          remedy: "Check that it runs and listens there; nothing was connected directly instead.",
        }),
  });
}

function inDoubt(early: number): string {
  return early > 0 ? `; ${early} bytes of early data may have arrived, and were not sent again` : "";
}

/** How long something may take, and what says so. */
export interface Limit {
  milliseconds: number;
  option: "timeout" | "bindTimeout";
}

/** The deadline passed. */
export function deadlineFailure({ milliseconds, option }: Limit, reached: boolean): ProtocolFailure {
  return new ProtocolFailure(
    "ETIMEDOUT",
    reached
      ? `the proxy did not finish the handshake within ${milliseconds} ms`
      : `no connection to the proxy within ${milliseconds} ms`,
    reached
      ? `The destination may be slow or filtered, or the proxy overloaded; the option ${option} sets the limit.`
      : `Check the proxy's address and firewalls on the way; the option ${option} sets the limit.`,
    "handshake",
  );
}

/** A BIND that nobody connected to. */
export function nobodyCame(milliseconds: number): ProtocolFailure {
  return new ProtocolFailure(
    "ETIMEDOUT",
    `nobody connected to the proxy's port within ${milliseconds} ms of the BIND`,
    "The proxy lets in the peer it was told only; the option bindTimeout sets the limit.",
    "destination",
  );
}
