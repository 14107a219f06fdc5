import { SocksError } from "../errors/SocksError";
import type { Endpoint } from "../protocol/address";
import type { Route } from "../routes/route";
import { canAdoptHandles } from "./internals";

/**
 * Why a destination cannot be dialled at all, before any proxy is asked.
 *
 * @param claimed what the options localAddress and localPort ask for, if that is anything in particular
 */
export function objection(
  { host: address, port }: Endpoint,
  route: Route | SocksError,
  claimed: Endpoint | undefined,
): SocksError | undefined {
  const place = { address, port, stage: "configuration" } as const;
  if (route instanceof SocksError) return route;
  if (!canAdoptHandles)
    return new SocksError({
      ...place,
      code: "ESOCKSNODE",
      reason: `Node ${process.version} does not work as this version of @tsocksify/runtime expects`,
      remedy: "Update @tsocksify/runtime; nothing was connected directly instead.",
    });
  if (route.kind === "deny")
    return new SocksError({
      ...place,
      code: "EACCES",
      reason: `a rule denies this destination (${route.rule})`,
      remedy: "Change the rule, if the connection is wanted.",
    });
  if (claimed)
    return new SocksError({
      ...place,
      code: "EADDRNOTAVAIL",
      syscall: "bind",
      reason: `${claim(claimed)}, which is the proxy's to choose`,
      remedy: "Delete these options, or exempt the destination with NO_PROXY.",
    });
  return undefined;
}

/** Of the two options, often one alone is given: then the other is a wildcard. */
function claim({ host, port }: Endpoint): string {
  const address = `localAddress asks for ${host}`;
  if (!port) return address;
  return isWildcard(host) ? `localPort asks for ${port}` : `${address} and localPort for ${port}`;
}

/** Any address of this machine: what bind() is called with where no localAddress is given. */
export function isWildcard(address: string): boolean {
  return address === "0.0.0.0" || address === "::";
}
