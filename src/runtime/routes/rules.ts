import type { Endpoint } from "../protocol/address";
import type { Route } from "./route";

/** One line of the routing table. */
export interface Rule {
  matches(destination: Endpoint): boolean;
  /** Called only for destinations that match; may throw a SocksError. */
  route(): Route;
}

/** The route of the first rule that matches. */
export function firstMatch(rules: readonly Rule[], destination: Endpoint): Route | undefined {
  return rules.find((rule) => rule.matches(destination))?.route();
}
