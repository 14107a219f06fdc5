import { settings } from "../config/init";
import type { Endpoint } from "../protocol/address";

/** The name servers of the configuration in force; none where it names none. */
export function configuredServers(): readonly Endpoint[] {
  return settings().resolvers;
}
