import type { ConnectionOptions } from "node:tls";
import { configurationError } from "../errors/configuration";
import { Login } from "../protocol/login";
import type { Proxy } from "../routes/proxy";
import { checkOptions, type Shape } from "./check";
import { parseProxyUrl, SOCKS_PORT } from "./proxyUrl";

/** A proxy in an options object, for what does not fit a URL. */
export interface ProxyOptions {
  /** Name or address of the proxy. */
  host?: string;
  /** TCP port; 1080 when left out. */
  port?: number;
  /** Path of the Unix socket the proxy listens on, instead of host and port. */
  path?: string;
  /** Protocol version; 5 when left out. 4 includes 4A. */
  version?: 4 | 5;
  username?: string;
  password?: string;
  /** The proxy speaks TLS: true, or options as for `tls.connect` (ca, cert, servername …). */
  tls?: boolean | ConnectionOptions;
}

/** A proxy: a URL (`socks5://user:password@host:port`) or its parts. */
export type ProxySpec = string | URL | ProxyOptions;

/**
 * @param spec what the program or the environment gave
 * @param source where it stood, for messages
 * @param fallback credentials for a proxy that names none
 * @throws SocksError ESOCKSBADCONF
 */
export function readProxy(spec: ProxySpec, source: string, fallback?: Proxy["credentials"]): Proxy {
  const proxy =
    typeof spec === "string" || spec instanceof URL
      ? parseProxyUrl(String(spec), source)
      : fromOptions(spec, source);
  if (!proxy.credentials && fallback) proxy.credentials = fallback;
  return checkLimits(proxy, source);
}

const SHAPE: Shape<ProxyOptions> = {
  host: "string",
  port: "anything",
  path: "string",
  version: "anything",
  username: "string",
  password: "string",
  tls: "anything",
};

function fromOptions(spec: ProxyOptions, source: string): Proxy {
  checkOptions(spec, SHAPE, source);
  const { host, port = SOCKS_PORT, path, version = 5, username, password, tls } = spec;
  if (version !== 4 && version !== 5)
    throw configurationError(`${source}: there is no SOCKS version ${String(version)}`, "Use 4 or 5.");
  if ((host === undefined || host === "") === (path === undefined || path === ""))
    throw configurationError(`${source} needs a host or a path`, "Give exactly one of the two.");
  if (!Number.isInteger(port) || port < 1 || port > 65535)
    throw configurationError(`${source}: ${String(port)} is no TCP port`, "Give a port from 1 to 65535.");
  if (username === undefined && password !== undefined)
    throw configurationError(`${source} has a password without a username`, "Give both, or neither.");
  if (tls !== undefined && typeof tls !== "boolean" && (typeof tls !== "object" || tls === null))
    throw configurationError(`${source}: tls is neither true nor false nor an object`, "Correct it.");
  if (path && tls)
    throw configurationError(
      `${source} has a path and tls`,
      "A proxy on a Unix socket is spoken to without TLS.",
    );
  const credentials = username === undefined ? undefined : new Login(username, password);
  return {
    version,
    transport: path ? "unix" : tls ? "tls" : "tcp",
    host: path ? "" : host!,
    port: path ? 0 : port,
    ...(path && { path }),
    ...(typeof tls === "object" && { tls }),
    ...(credentials && { credentials }),
    source,
  };
}

/** What the protocols can carry: RFC 1929 gives ULEN and PLEN one octet, SOCKS4's USERID ends at NUL. */
function checkLimits(proxy: Proxy, source: string): Proxy {
  const { credentials, version } = proxy;
  if (!credentials) return proxy;
  const { username, password = "" } = credentials;
  const tooLong = (text: string) => Buffer.byteLength(text) > 255;
  if (version === 5 && (username === "" || tooLong(username) || tooLong(password)))
    throw configurationError(
      `${source}: user name and password must be 1 to 255 and at most 255 bytes long (RFC 1929 §2)`,
      "Shorten them.",
    );
  if (version === 4 && username.includes("\0"))
    throw configurationError(`${source}: a SOCKS4 user name cannot contain a NUL byte`, "Remove it.");
  return proxy;
}
