import type { Endpoint } from "../protocol/address";
import { SocksError } from "./SocksError";

/**
 * An error of the configuration: nothing was dialled, nothing will be until it is put right.
 *
 * @param reason what is wrong, as a clause
 * @param remedy what to write instead
 * @param code ESOCKSBADCONF (malformed, unreadable, unknown scheme) or ESOCKSNOCONF (there is none)
 */
export function configurationError(
  reason: string,
  remedy: string,
  code: "ESOCKSBADCONF" | "ESOCKSNOCONF" = "ESOCKSBADCONF",
  cause?: unknown,
): SocksError {
  return new SocksError({ code, stage: "configuration", syscall: "SOCKSinit", reason, remedy, cause });
}

/** The same error, about one destination: what a connect to it fails with. */
export function aboutDestination(error: SocksError, { host: address, port }: Endpoint): SocksError {
  const { code, stage, reason, remedy } = error;
  return new SocksError({ code, stage, reason, remedy, address, port });
}

/** What was written, for messages; what stands in front of a host, as user name and password do, is left out. */
export function quoted(text: string): string {
  const at = text.lastIndexOf("@");
  return at > 0 ? `"***${text.slice(at)}"` : `"${text}"`;
}
