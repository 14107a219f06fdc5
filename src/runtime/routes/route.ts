import type { Proxy } from "./proxy";

/** How one destination is reached. */
export type Route =
  | { kind: "direct" }
  /** Not at all: a rule says so. */
  | { kind: "deny"; rule: string }
  /** Through one of several chains of proxies, tried in this order. */
  | { kind: "proxies"; chains: readonly (readonly Proxy[])[] };

export const DIRECT: Route = { kind: "direct" };
