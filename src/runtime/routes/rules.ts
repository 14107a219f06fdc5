import type { Endpoint } from "../protocol/address";
import type { Route } from "./route";

/** One line of the routing table. */
export interface Rule {
  /** Where it was configured: "NO_PROXY", "/etc/socks.conf:3". */
  source: string;
  /** What it says, as it was written but for passwords. */
  text: string;
  matches(destination: Endpoint): boolean;
  /** Called only for destinations that match; may throw a SocksError. */
  route(): Route;
}

/**
 * The first rule that matches.
 *
 * @param rules of which the last matches everything
 */
export function firstMatch(rules: readonly Rule[], destination: Endpoint): Rule {
  return rules.find((rule) => rule.matches(destination))!;
}
