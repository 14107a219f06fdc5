import { configurationError } from "../errors/configuration";
import { Login } from "../protocol/login";
import type { Proxy } from "../routes/proxy";

/** The port IANA assigned to SOCKS. */
export const SOCKS_PORT = 1080;

/**
 * Schemes of proxy URLs. `socks5:` means here what `socks5h:` means elsewhere, and `socks4:` what `socks4a:`
 * means: names resolve at the proxy, always. `socks:` is SOCKS5.
 */
const SCHEME = /^(socks|socks5|socks5h|socks4|socks4a)(?:\+(tls|unix))?$/;

/**
 * Reads a proxy's URL: `socks5://user:password@host:1080`, `socks5+tls://host:443`, `socks5+unix:///run/socks`.
 * User name and password are percent-decoded.
 *
 * @param text the URL
 * @param source what it was read from, for the error message: "SOCKS_SERVER"
 * @throws SocksError ESOCKSBADCONF when it is malformed or its scheme is no SOCKS; the message never contains a
 *   password
 */
export function parseProxyUrl(text: string, source: string): Proxy {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase();
  if (scheme === undefined) throw malformed(source, "it is not a URL");
  const match = SCHEME.exec(scheme);
  if (!match)
    throw configurationError(
      `${source} has the scheme "${scheme}:", which is no SOCKS`,
      "Use socks5://, socks4:// or socks4a:// (also with +tls or +unix behind socks5).",
    );
  const version = match[1]!.startsWith("socks4") ? 4 : 5;
  const transport = (match[2] as "tls" | "unix" | undefined) ?? "tcp";

  const rest = text.slice(`${scheme}://`.length);
  const url = asHttp(transport === "unix" ? onThisMachine(rest, source) : rest, source);
  const credentials = readCredentials(url, source);
  const common = { version, transport, source, ...(credentials && { credentials }) } as const;
  if (transport === "unix") return { ...common, host: "", port: 0, path: readPath(url, source) };
  if (rest.startsWith("/")) throw malformed(source, "the host is missing");
  if (url.pathname.length > 1 || url.search || url.hash)
    throw malformed(source, "there is a path, query or fragment behind the port");
  return {
    ...common,
    host: url.hostname.replace(/^\[|\]$/g, ""),
    // http's default port, 80, is dropped by the URL parser, so an explicit ":80" has to be told apart.
    port: url.port ? Number(url.port) : /:0*80\/?$/.test(text) ? 80 : SOCKS_PORT,
  };
}

/** Schemes the URL standard does not know get no host parsing; http's is what is wanted here. */
function asHttp(rest: string, source: string): URL {
  try {
    return new URL(`http://${rest}`);
  } catch {
    throw malformed(source, "host or port cannot be read");
  }
}

/** Between user name and path there is no host, or this one. */
function onThisMachine(rest: string, source: string): string {
  const [, login = "", host, path] = /^([^/]*@)?([^/]*)(\/.*)?$/s.exec(rest)!;
  if (!path || path === "/" || (host !== "" && host !== "localhost"))
    throw malformed(source, "what follows is no absolute path of a Unix socket", UNIX);
  return `${login}localhost${path}`;
}

function readPath(url: URL, source: string): string {
  if (url.search || url.hash) throw malformed(source, "there is a query or fragment behind the path", UNIX);
  try {
    return decodeURIComponent(url.pathname);
  } catch {
    throw malformed(source, "the path is not percent-encoded correctly", UNIX);
  }
}

function readCredentials(url: URL, source: string): Proxy["credentials"] {
  if (!url.username && !url.password) return undefined;
  try {
    return new Login(decodeURIComponent(url.username), decodeURIComponent(url.password));
  } catch {
    throw malformed(source, "user name or password are not percent-encoded correctly");
  }
}

const TCP = "socks5://user:password@host:port";
const UNIX = "socks5+unix:///path";

function malformed(source: string, what: string, form = TCP) {
  return configurationError(
    `${source} is malformed: ${what}`,
    `Write it as ${form}, with special characters percent-encoded.`,
  );
}
