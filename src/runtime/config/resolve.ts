import { configurationError } from "../errors/configuration";
import type { Credentials } from "../protocol/handshake";
import { Login } from "../protocol/login";
import { readEntries } from "../routes/noProxy";
import type { Proxy } from "../routes/proxy";
import { DIRECT } from "../routes/route";
import { firstMatch, type Rule } from "../routes/rules";
import { readEnvironment, type EnvironmentSettings } from "./environment";
import { checkOptions, type Shape } from "./check";
import type { SocksOptions } from "./options";
import type { ProxySpec } from "./proxySpec";
import { readResolvers } from "./resolvers";
import { readChain, readRule } from "./ruleSpec";
import { DEFAULT_BIND_TIMEOUT, DEFAULT_TIMEOUT, type PassedOver, type Settings } from "./settings";
import { readSocksConf } from "./socksConf";

type Chains = readonly (readonly Proxy[])[];

const SHAPE: Shape<SocksOptions> = {
  proxy: "anything",
  chain: "list",
  username: "string",
  password: "string",
  rules: "list",
  conf: "string",
  noProxy: "strings",
  timeout: "anything",
  bindTimeout: "anything",
  pipeline: "boolean",
  earlyData: "boolean",
  isolate: "anything",
  bind: "anything",
  resolver: "strings",
  guard: "anything",
};

/**
 * The configuration: what the options say, then the environment, then the socks.conf that one of them names.
 *
 * @param name the program's name
 * @throws SocksError ESOCKSBADCONF
 */
export function resolve(name: string, options: SocksOptions): Settings {
  if (typeof name !== "string")
    throw configurationError(
      "the first argument of SOCKSinit is no string",
      "Give the program's name first, then the options: SOCKSinit(name, { proxy }).",
    );
  checkOptions(options, SHAPE, "the second argument of SOCKSinit");
  const environment = readEnvironment(process.env);
  const credentials = readCredentials(options);
  const chains = readProxies(options, credentials) ?? (environment.proxy && [[environment.proxy]]);
  const rules = [
    ...(options.rules ?? []).map((rule, index) => readRule(rule, index, credentials)),
    ...readExemptions(options, environment),
    ...(readConf(options, environment, chains, credentials) ?? [everythingElse(chains)]),
  ];
  return {
    name,
    rules,
    route: (destination) => firstMatch(rules, destination).route(),
    passedOver: [...environment.passedOver, ...passedOver(options, environment)],
    timeout: readTimeout(options.timeout, "timeout", DEFAULT_TIMEOUT),
    bindTimeout: readTimeout(options.bindTimeout, "bindTimeout", DEFAULT_BIND_TIMEOUT),
    pipeline: options.pipeline ?? true,
    earlyData: options.earlyData ?? false,
    isolate: oneOf(options.isolate, ["destination", "connection"], "isolate"),
    bind: oneOf(options.bind, ["auto", "bind", "local", "deny"], "bind") ?? "auto",
    guard: oneOf(options.guard, ["off", "report", "kill"], "guard"),
    resolvers: readResolvers(options.resolver ?? []),
  };
}

/** What is for destinations that no rule is about. */
function everythingElse(chains: Chains | undefined): Rule {
  return {
    source: chains?.[0]?.[0]?.source ?? "default",
    text: chains ? "everything that no rule is about" : "no proxy is configured",
    matches: () => true,
    route: () => {
      if (chains) return { kind: "proxies", chains };
      throw configurationError(
        "no SOCKS proxy is configured",
        "Set SOCKS_SERVER (socks5://host:port), or call SOCKSinit(name, { proxy }) before the first connection.",
        "ESOCKSNOCONF",
      );
    },
  };
}

/** What the environment says and the options overrule. */
function passedOver(
  { proxy, chain, noProxy, conf }: SocksOptions,
  environment: EnvironmentSettings,
): PassedOver[] {
  const own = proxy !== undefined ? "the option proxy" : chain !== undefined ? "the option chain" : undefined;
  const confBy = conf !== undefined ? "the option conf" : own;
  return [
    ...(own && environment.proxy ? [{ variable: environment.proxy.source, by: own }] : []),
    ...(noProxy !== undefined && environment.noProxy
      ? [{ variable: environment.noProxy.variable, by: "the option noProxy" }]
      : []),
    ...(confBy && environment.conf !== undefined ? [{ variable: "SOCKS_CONF", by: confBy }] : []),
  ];
}

function readCredentials({ username, password }: SocksOptions): Credentials | undefined {
  if (username === undefined && password !== undefined)
    throw configurationError("SOCKSinit got a password without a username", "Give both, or neither.");
  return username === undefined ? undefined : new Login(username, password, "the option username");
}

function readProxies({ proxy, chain }: SocksOptions, credentials?: Credentials): Chains | undefined {
  if (proxy !== undefined && chain !== undefined)
    throw configurationError("SOCKSinit got both `proxy` and `chain`", "Give one of the two.");
  if (chain !== undefined) return [readChain(chain, "the option chain", credentials)];
  if (proxy === undefined) return undefined;
  const specs = Array.isArray(proxy) ? (proxy as readonly ProxySpec[]) : [proxy as ProxySpec];
  return readChain(specs, "the option proxy", credentials, false).map((one) => [one]);
}

function readExemptions({ noProxy }: SocksOptions, environment: EnvironmentSettings): Rule[] {
  const list = noProxy === undefined || typeof noProxy === "string" ? noProxy : noProxy.join(",");
  const used = list ?? environment.noProxy?.list ?? "";
  const source = list === undefined ? (environment.noProxy?.variable ?? "NO_PROXY") : "the option noProxy";
  return readEntries(used, source).map((entry) => ({ ...entry, source, route: () => DIRECT }));
}

/** A proxy that SOCKSinit names is meant: the environment's socks.conf is for programs that leave it open. */
function readConf(
  { conf, proxy, chain }: SocksOptions,
  environment: EnvironmentSettings,
  chains: Chains | undefined,
  credentials: Credentials | undefined,
): Rule[] | undefined {
  const path = conf ?? ((proxy ?? chain) ? undefined : environment.conf);
  return path === undefined
    ? undefined
    : readSocksConf(path, { chains, credentials: credentials ?? environment.credentials });
}

function readTimeout(timeout: number | undefined, option: string, otherwise: number): number {
  if (timeout === undefined) return otherwise;
  if (typeof timeout !== "number" || !(timeout > 0) || timeout > 2 ** 31 - 1)
    throw configurationError(
      `the option ${option} is not a number of milliseconds above 0`,
      "Give, for example, 30000.",
    );
  return timeout;
}

function oneOf<T extends string>(value: T | undefined, values: readonly T[], option: string): T | undefined {
  if (value === undefined || values.includes(value)) return value;
  throw configurationError(`the option ${option} is "${value}"`, `Use one of: ${values.join(", ")}.`);
}
