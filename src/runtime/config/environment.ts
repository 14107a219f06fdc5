import { configurationError } from "../errors/configuration";
import type { Credentials } from "../protocol/handshake";
import { Login } from "../protocol/login";
import type { Proxy } from "../routes/proxy";
import { readProxy } from "./proxySpec";
import type { PassedOver } from "./settings";

type Environment = Record<string, string | undefined>;

/** What the environment says; each part is undefined where it says nothing. */
export interface EnvironmentSettings {
  proxy?: Proxy;
  noProxy?: { list: string; variable: string };
  credentials?: Credentials;
  /** Path of a socks.conf. */
  conf?: string;
  /** Further variables that name a proxy. */
  passedOver: readonly PassedOver[];
}

/** Variables that name a proxy, the first that is set wins; and the version one without a scheme has. */
const SERVERS = [
  ["SOCKS_SERVER", 5],
  ["SOCKS5_SERVER", 5],
  ["SOCKS4_SERVER", 4],
  ["ALL_PROXY", undefined],
  ["all_proxy", undefined],
] as const;

/**
 * Reads SOCKS_SERVER, SOCKS5_SERVER, SOCKS4_SERVER, ALL_PROXY, SOCKS_USERNAME, SOCKS_PASSWORD, NO_PROXY and
 * SOCKS_CONF (ALL_PROXY and NO_PROXY in lower case, too, as curl does). An empty variable counts as not set.
 *
 * @throws SocksError ESOCKSBADCONF for a value that cannot be read
 */
export function readEnvironment(env: Environment = process.env): EnvironmentSettings {
  const credentials = readCredentials(env);
  const [found, ...others] = SERVERS.filter(([variable]) => env[variable]);
  const variable = ["NO_PROXY", "no_proxy"].find((each) => env[each]);
  return {
    ...(found && { proxy: readServer(found[0], env[found[0]]!, found[1], credentials) }),
    ...(variable && { noProxy: { list: env[variable]!, variable } }),
    ...(credentials && { credentials }),
    ...(env["SOCKS_CONF"] && { conf: env["SOCKS_CONF"] }),
    passedOver: others.map(([variable]) => ({ variable, by: found![0] })),
  };
}

/** A server variable holds `host`, `host:port` or a URL; ALL_PROXY holds a URL. */
function readServer(
  variable: string,
  value: string,
  version: 4 | 5 | undefined,
  credentials?: Credentials,
): Proxy {
  if (value.includes("://")) {
    const proxy = readProxy(value, variable, credentials);
    if (variable !== "SOCKS_SERVER" && version !== undefined && proxy.version !== version)
      throw configurationError(
        `${variable} holds the URL of a SOCKS${proxy.version} server`,
        `Use SOCKS_SERVER, or SOCKS${proxy.version}_SERVER.`,
      );
    return proxy;
  }
  if (version === undefined)
    throw configurationError(`${variable} has no scheme`, "Write it as socks5://host:port.");
  return readProxy(`socks${version}://${value}`, variable, credentials);
}

function readCredentials(env: Environment): Credentials | undefined {
  const username = env["SOCKS_USERNAME"];
  const password = env["SOCKS_PASSWORD"];
  if (!username && password)
    throw configurationError("SOCKS_PASSWORD is set without SOCKS_USERNAME", "Set both, or neither.");
  return username ? new Login(username, password, "SOCKS_USERNAME") : undefined;
}
