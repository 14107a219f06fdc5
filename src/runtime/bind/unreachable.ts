import { SocksError } from "../errors/SocksError";
import type { Endpoint } from "../protocol/address";

/** Why no proxy can listen for a peer that a rule denies, or that is reached without any. */
export function unreachable({ host: address, port }: Endpoint, kind: "direct" | "deny"): SocksError {
  return new SocksError({
    code: kind === "deny" ? "EACCES" : "EADDRNOTAVAIL",
    syscall: "bind",
    stage: "configuration",
    address,
    port,
    reason:
      kind === "deny"
        ? "a rule denies this peer"
        : "this peer is reached directly, so no proxy can listen for it",
    remedy: kind === "deny" ? "Change the rule, if it is wanted." : "Listen locally: without Rbind.",
  });
}
