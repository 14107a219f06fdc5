/** Something that left the process, or tried to, without going through the proxy and without a rule allowing it. */
export interface Incident {
  /** A TCP connection, a UDP socket, or a DNS query by this machine's resolver. */
  kind: "tcp" | "udp" | "dns";
  /** Where to: an address, or the name that was asked for; undefined while a UDP socket has sent nothing. */
  address?: string;
  port?: number;
  /** The program's own line that caused it, where it is known: "/app/dist/feed.js:12:9". */
  at?: string;
  /** Whether it was stopped before anything was sent. */
  killed: boolean;
}

/** What the guard has counted since it was started. */
export interface GuardReport {
  /** "off": nothing is counted. */
  mode: GuardMode | "off";
  /** TCP connections to a proxy. */
  proxied: number;
  /** TCP connections that a rule made direct. */
  allowed: number;
  /** TCP connections that did not come through us. */
  direct: number;
  /** UDP sockets that were used. */
  datagrams: number;
  /** DNS queries that did not belong to a permitted dial. */
  queries: number;
  /** The last of them, oldest first, at most {@link REMEMBERED}. */
  incidents: readonly Incident[];
}

/** `report`: say so and count. `kill`: also stop it before anything is sent. */
export type GuardMode = "report" | "kill";

export const REMEMBERED = 1000;
