import { configurationError } from "../errors/configuration";
import type { Proxy } from "../routes/proxy";
import { readNoProxy } from "../routes/noProxy";
import { DIRECT, type Route } from "../routes/route";
import { setGuard } from "../guard/guard";
import type { GuardMode } from "../guard/incident";
import { readEnvironment } from "./environment";
import { readProxy, type ProxySpec } from "./proxySpec";
import { readResolvers } from "./resolvers";
import { DEFAULT_TIMEOUT, type BindPolicy, type Settings } from "./settings";

/** Options of {@link SOCKSinit}; what is left out is taken from the environment. */
export interface SocksOptions {
  /** The proxy; or several, tried in this order until one works. */
  proxy?: ProxySpec | readonly ProxySpec[];
  /** Proxies one behind the other, first hop first, instead of `proxy`. */
  chain?: readonly ProxySpec[];
  /** Credentials for every proxy that names none of its own. */
  username?: string;
  password?: string;
  /** Destinations that are reached directly; syntax of NO_PROXY. */
  noProxy?: string | readonly string[];
  /** Total time from dial to established, milliseconds; 30,000 when left out. */
  timeout?: number;
  /**
   * Send greeting and request in one segment where there is no password; true when left out. Set it to false for
   * a server that drops what it receives behind the greeting.
   */
  pipeline?: boolean;
  /** What `listen` becomes, see Rlisten; "auto" when left out. */
  bind?: BindPolicy;
  /**
   * Name servers (`address`, `name` or `[address]:port`) for Rdns.resolve*, which asks them over TCP through the
   * proxy. Without one, and without Rdns.setServers, such queries fail: this machine's own are never asked.
   */
  resolver?: string | readonly string[];
  /** Watch for what does not come through us, see SOCKSreport; off when left out. */
  guard?: GuardMode;
}

let current: Settings | undefined;

/**
 * The configuration in force: of the last SOCKSinit, otherwise of the environment as it is at the first use.
 *
 * @throws SocksError ESOCKSBADCONF when the environment cannot be read
 */
export function settings(): Settings {
  return (current ??= resolve("", {}));
}

/**
 * Configures the R-functions, as SOCKSinit of libsocks did. Optional: without it the first R-function that is
 * called reads the environment. A later call replaces the configuration for connections that begin after it.
 *
 * @param name the program's name
 * @param options win over the environment, part by part
 * @throws SocksError ESOCKSBADCONF for a malformed or unreadable configuration or an unknown scheme. Having
 *   no proxy at all is no error here: it is one, ESOCKSNOCONF, for the first connection that would need one.
 * @example SOCKSinit("backup", { proxy: "socks5://gate.example:1080", noProxy: "10.0.0.0/8" });
 */
export function SOCKSinit(name: string, options: SocksOptions = {}): void {
  current = resolve(name, options);
  setGuard(options.guard);
}

function resolve(name: string, options: SocksOptions): Settings {
  const environment = readEnvironment(process.env);
  const chains = readChains(options) ?? (environment.proxy ? [[environment.proxy]] : undefined);
  const exempt = readExemptions(options, environment.noProxy);
  return {
    name,
    route: (destination) => (exempt?.(destination) ? DIRECT : proxied(chains)),
    timeout: readTimeout(options.timeout),
    pipeline: options.pipeline ?? true,
    bind: options.bind ?? "auto",
    resolvers: readResolvers(options.resolver ?? []),
  };
}

function proxied(chains: readonly (readonly Proxy[])[] | undefined): Route {
  if (chains) return { kind: "proxies", chains };
  throw configurationError(
    "no SOCKS proxy is configured",
    "Set SOCKS_SERVER (socks5://host:port), or call SOCKSinit(name, { proxy }) before the first connection.",
    "ESOCKSNOCONF",
  );
}

function readChains(options: SocksOptions): Proxy[][] | undefined {
  const { proxy, chain, username, password } = options;
  const credentials = username === undefined ? undefined : { username, ...(password && { password }) };
  if (proxy !== undefined && chain !== undefined)
    throw configurationError("SOCKSinit got both `proxy` and `chain`", "Give one of the two.");
  const list = (specs: readonly ProxySpec[], option: string) => {
    if (specs.length === 0)
      throw configurationError(`the option ${option} is an empty list`, "Name a proxy.");
    return specs.map((spec) => readProxy(spec, `the option ${option}`, credentials));
  };
  if (chain !== undefined) return [list(chain, "chain")];
  if (proxy === undefined) return undefined;
  const proxies = Array.isArray(proxy) ? (proxy as readonly ProxySpec[]) : [proxy as ProxySpec];
  return list(proxies, "proxy").map((one) => [one]);
}

function readExemptions(options: SocksOptions, fromEnvironment: string | undefined) {
  const { noProxy } = options;
  if (noProxy !== undefined)
    return readNoProxy(typeof noProxy === "string" ? noProxy : noProxy.join(","), "the option noProxy");
  return fromEnvironment === undefined ? undefined : readNoProxy(fromEnvironment, "NO_PROXY");
}

function readTimeout(timeout = DEFAULT_TIMEOUT): number {
  if (typeof timeout !== "number" || !(timeout > 0) || timeout > 2 ** 31 - 1)
    throw configurationError(
      "the option timeout is not a number of milliseconds above 0",
      "Give, for example, 30000.",
    );
  return timeout;
}
