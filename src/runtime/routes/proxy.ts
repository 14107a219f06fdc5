import type { ConnectionOptions } from "node:tls";
import { authority } from "../protocol/address";
import type { Credentials } from "../protocol/handshake";

/** One SOCKS server, as a route names it. */
export interface Proxy {
  version: 4 | 5;
  /** Where it listens: TCP, or TCP with TLS, or a Unix socket. */
  transport: "tcp" | "tls" | "unix";
  /** Its name or address; "" for a Unix socket. */
  host: string;
  /** Its TCP port; 0 for a Unix socket. */
  port: number;
  /** The Unix socket's path. */
  path?: string;
  /** For `transport: "tls"`: as for `tls.connect`. */
  tls?: ConnectionOptions;
  credentials?: Credentials;
  /** Where it was configured: "SOCKS_SERVER", "/etc/socks.conf:3". */
  source: string;
}

/** The proxy as a URL for people to read: the password, if there is one, is "***". */
export function redacted({ version, transport, host, port, path, credentials }: Proxy): string {
  const scheme = `socks${version}${transport === "tcp" ? "" : `+${transport}`}`;
  const user = credentials
    ? `${encodeURIComponent(credentials.username)}${credentials.password ? ":***" : ""}@`
    : "";
  const place = transport === "unix" ? path : authority({ host, port });
  return `${scheme}://${user}${place}`;
}

/** A chain of proxies, first hop first, for people to read. */
export function redactedChain(chain: readonly Proxy[]): string {
  return chain.map(redacted).join(" -> ");
}
