import { settings } from "../config/init";
import type { PassedOver } from "../config/settings";
import { SocksError } from "../errors/SocksError";
import { hopOf, type Hop, type RouteDecision } from "./decision";
import type { Proxy } from "./proxy";
import type { Route } from "./route";
import type { Rule } from "./rules";

/** What is configured, and where. */
export interface Configuration {
  /** The routing table: the first rule that matches decides, and the last matches everything. */
  rules: readonly { source: string; text: string; kind: RouteDecision["kind"] }[];
  /** Every proxy that some rule names. */
  servers: readonly Hop[];
  /** Environment variables that are set and not obeyed, each with what is obeyed instead. */
  passedOver: readonly PassedOver[];
  /** Total time from dial to established, milliseconds. */
  timeout: number;
}

/**
 * The configuration in force: of the last SOCKSinit, otherwise of the environment. It holds no password.
 *
 * @throws SocksError ESOCKSBADCONF when it cannot be read
 */
export function configuration(): Configuration {
  const { rules, passedOver, timeout } = settings();
  return {
    rules: rules.map((rule) => ({
      source: rule.source,
      text: rule.text,
      kind: routeOf(rule)?.kind ?? "none",
    })),
    servers: configuredChains(rules).map((chain) => hopOf(chain.at(-1)!)),
    passedOver,
    timeout,
  };
}

/** Each proxy that some rule names, once, as the last of the chain that leads to it. */
export function configuredChains(rules: readonly Rule[]): (readonly Proxy[])[] {
  const byServer = new Map<Proxy, readonly Proxy[]>();
  for (const chain of rules.flatMap(chainsOf))
    chain.forEach((proxy, index) => {
      if (!byServer.has(proxy)) byServer.set(proxy, chain.slice(0, index + 1));
    });
  return [...byServer.values()];
}

function chainsOf(rule: Rule): readonly (readonly Proxy[])[] {
  const route = routeOf(rule);
  return route?.kind === "proxies" ? route.chains : [];
}

/** undefined for a rule that has no way to offer. */
function routeOf(rule: Rule): Route | undefined {
  try {
    return rule.route();
  } catch (error) {
    if (error instanceof SocksError) return undefined;
    throw error;
  }
}
