import { randomBytes } from "node:crypto";
import type { Endpoint } from "../protocol/address";
import type { Credentials } from "../protocol/handshake";

/** Which connections may share a Tor circuit: those to one destination, or none. */
export type Isolation = "destination" | "connection";

/**
 * Tor's IsolateSOCKSAuth: streams that come with different user names and passwords never share a circuit. Tor
 * accepts any.
 */
export function isolation(kind: Isolation | undefined, { host, port }: Endpoint): Credentials | undefined {
  if (kind === undefined) return undefined;
  const username = kind === "connection" ? randomBytes(16).toString("hex") : `${host}:${port}`.slice(-255);
  // RFC 1929 allows an empty password; not every server does.
  return { username, password: "isolate" };
}
