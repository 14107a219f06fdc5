import { unreachable } from "../bind/unreachable";
import { settings } from "../config/init";
import { aboutDestination } from "../errors/configuration";
import { SocksError } from "../errors/SocksError";
import { dialError } from "../net/dialError";
import { objection } from "../net/objection";
import { authority, type Endpoint } from "../protocol/address";
import type { Command } from "../protocol/handshake";
import { wireDestination } from "./destination";
import { redacted, type Proxy } from "./proxy";
import type { Route } from "./route";
import { firstMatch } from "./rules";

/** A proxy of a route. */
export interface Hop {
  /** As a URL without its password. */
  url: string;
  /** Where it was configured: an environment variable, `file:line` of a socks.conf, an option of SOCKSinit. */
  source: string;
  /** Where its user name was configured, if not in its URL. */
  credentialsSource?: string;
}

/** Ways to go, tried in this order; in each, the first hop first. */
export type Chains = readonly (readonly Hop[])[];

/** Which way a destination goes, and why. */
export interface RouteDecision {
  command: Command;
  /** DST, as it was given. */
  destination: Endpoint;
  /** "none": there is no configuration that says. */
  kind: "direct" | "proxies" | "deny" | "none";
  /** The rule that decided: where it stands, and what it says there. */
  rule: { source: string; text: string };
  /** Empty unless the kind is "proxies". */
  chains: Chains;
  /** What the last proxy of the first chain is asked for; a name is resolved there. */
  asked?: string;
  /** What the call fails with before any proxy is asked. */
  error?: SocksError;
}

/**
 * What a connect to a destination, or a BIND for a peer, would do now, and why; nothing is connected. The
 * configuration is the one in force: of the last SOCKSinit, otherwise of the environment.
 *
 * @param host name or address, as Rconnect would be given it
 * @param port TCP port; for a BIND the port wanted at the proxy, 0 for any
 * @throws SocksError ESOCKSBADCONF when the configuration cannot be read
 * @example
 * explainRoute("db.example", 5432).rule; // { source: "/etc/socks.conf:3", text: "direct 10.0.0.0 255.0.0.0" }
 */
export function explainRoute(host: string, port: number, command: Command = "connect"): RouteDecision {
  const destination = { host, port };
  const rule = firstMatch(settings().rules, destination);
  const { source, text } = rule;
  const decided = { command, destination, rule: { source, text } };
  let route: Route;
  try {
    route = rule.route();
  } catch (error) {
    if (!(error instanceof SocksError)) throw error;
    return { ...decided, kind: "none", chains: [], error: aboutDestination(error, destination) };
  }
  const chains = route.kind === "proxies" ? route.chains : [];
  return {
    ...decided,
    kind: route.kind,
    chains: chains.map((chain) => chain.map(hopOf)),
    ...outlook(command, destination, route),
  };
}

/** @param proxy whose password is left out */
export function hopOf(proxy: Proxy): Hop {
  const { source, credentials } = proxy;
  return {
    url: redacted(proxy),
    source,
    ...(credentials?.source !== undefined && { credentialsSource: credentials.source }),
  };
}

function outlook(
  command: Command,
  destination: Endpoint,
  route: Route,
): Pick<RouteDecision, "asked" | "error"> {
  if (command === "bind" && route.kind !== "proxies") return { error: unreachable(destination, route.kind) };
  const failure = objection(destination, route, undefined);
  if (failure) return { error: failure };
  if (route.kind !== "proxies") return {};
  const [chain] = route.chains as [readonly Proxy[]];
  try {
    return { asked: authority(wireDestination(destination, chain.at(-1)!)) };
  } catch (error) {
    return { error: dialError(error as Error, destination, chain, false) };
  }
}
