import { configurationError } from "../errors/configuration";
import type { Credentials } from "../protocol/handshake";
import { readNoProxy } from "../routes/noProxy";
import { redactedChain, type Proxy } from "../routes/proxy";
import { DIRECT, type Route } from "../routes/route";
import type { Rule } from "../routes/rules";
import { checkOptions, type Shape } from "./check";
import { readProxy, type ProxySpec } from "./proxySpec";

/** How a rule's destinations are reached: proxies in a list are tried in order, in a chain passed in order. */
export type Via = "direct" | "deny" | ProxySpec | readonly ProxySpec[] | { chain: readonly ProxySpec[] };

/** A rule of {@link SocksOptions.rules}. */
export interface RuleSpec {
  /** Destinations, in the syntax of NO_PROXY: names, addresses, networks, with or without `:port`, or `*`. */
  to: string | readonly string[];
  via: Via;
}

const SHAPE: Shape<RuleSpec> = { to: "strings", via: "anything" };

/** @throws SocksError ESOCKSBADCONF */
export function readRule(rule: RuleSpec, index: number, credentials?: Credentials): Rule {
  const source = `rule ${index + 1}`;
  checkOptions(rule, SHAPE, source);
  const { to, via } = rule;
  if (to === undefined || to.length === 0 || via === undefined)
    throw configurationError(`${source} lacks ${via === undefined ? "via" : "to"}`, "A rule is { to, via }.");
  const list = typeof to === "string" ? to : to.join(",");
  const route = readVia(via, source, list, credentials);
  const way = route.kind === "proxies" ? route.chains.map(redactedChain).join(" or ") : route.kind;
  return { source, text: `${list} via ${way}`, matches: readNoProxy(list, source), route: () => route };
}

function readVia(via: Via, source: string, to: string, credentials?: Credentials): Route {
  if (via === "direct") return DIRECT;
  if (via === "deny") return { kind: "deny", rule: `${source}: ${to}` };
  if (typeof via === "object" && via !== null && "chain" in via) {
    checkOptions(via, { chain: "list" }, `${source}: via`);
    return { kind: "proxies", chains: [readChain(via.chain, source, credentials)] };
  }
  const specs = Array.isArray(via) ? (via as readonly ProxySpec[]) : [via as ProxySpec];
  return { kind: "proxies", chains: readChain(specs, source, credentials, false).map((proxy) => [proxy]) };
}

/**
 * Several proxies, one behind the other.
 *
 * @param chained false for alternatives, each of which is the first (and only) hop
 */
export function readChain(
  specs: readonly ProxySpec[],
  source: string,
  credentials?: Credentials,
  chained = true,
): Proxy[] {
  if (specs.length === 0) throw configurationError(`${source} names no proxy`, "Name at least one.");
  const proxies = specs.map((spec) => readProxy(spec, source, credentials));
  if (chained && proxies.slice(1).some(({ transport }) => transport === "unix"))
    throw configurationError(
      `${source}: a Unix socket cannot be reached through another proxy`,
      "Only the first proxy of a chain can listen on one.",
    );
  return proxies;
}
