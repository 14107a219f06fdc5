/** What is known of one client connection, from its arrival to its end. */
export interface SessionRecord {
  readonly id: number;
  /** `address:port` of the client. */
  readonly client: string;
  /** `Date.now()` at arrival. */
  readonly startedAt: number;
  /** `Date.now()` at the end; undefined while the session is open. */
  endedAt?: number;
  /** Spoken protocol; `4a` is a SOCKS4 request with a name. */
  version?: "4" | "4a" | "5";
  command?: "CONNECT" | "BIND" | "UDP ASSOCIATE";
  /** RFC 1929 user name or SOCKS4 USERID, as sent by the client. */
  user?: string;
  /** DST as requested, `host:port`; a name stays a name. */
  destination?: string;
  /** `address:port` of the connection behind the proxy: what CONNECT reached, or whom BIND accepted. */
  peer?: string;
  /** The proxy's own end: BND of the (first) reply. */
  bound?: string;
  /** Reply code of the (last) reply: RFC 1928 REP, or 90 to 93 for SOCKS4. Undefined if it came to no reply. */
  reply?: number;
  /** Why there was no relay, or why it broke off. */
  error?: string;
  /** Payload bytes from the client towards the peer. */
  bytesUp: number;
  /** Payload bytes from the peer towards the client. */
  bytesDown: number;
}

/** `host:port`, with an IPv6 address in brackets. */
export function hostPort(host: string, port: number): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}
