import type { SessionRecord } from "./record";

/** Options of {@link createSockd}. Every one may be left out. */
export interface SockdOptions {
  /**
   * User names and passwords for SOCKS5 (RFC 1929). With at least one user, a client that offers no
   * user/password is refused (METHOD X'FF'), and SOCKS4, which has no password, is refused too, unless
   * its USERID is in {@link socks4Users}.
   */
  users?: Readonly<Record<string, string>>;
  /** SOCKS4 USERIDs that are taken at their word. Any other is refused with reply 93. */
  socks4Users?: readonly string[];
  /** Port at which the host of a SOCKS4 client is asked for its user (RFC 1413, 113), who has to be the USERID:
   *  otherwise reply 93, or 92 if nobody answers there. Default: 0, nobody is asked. */
  identPort?: number;
  /** Protocol versions spoken; another one's connection is closed. Default: 4 (with 4a) and 5. */
  versions?: readonly (4 | 5)[];
  /** Requests served. A request for another one gets X'07'. Default: both. */
  commands?: readonly ("CONNECT" | "BIND")[];
  /** Destinations that may be reached, see {@link Rule}. Default: all. */
  allow?: readonly string[];
  /** Destinations that may not be reached, see {@link Rule}; wins over {@link allow}. Default: none. */
  deny?: readonly string[];
  /** Names only this proxy knows, before DNS: `{ "db.internal": "10.0.0.5" }`. */
  hosts?: Readonly<Record<string, string | readonly string[]>>;
  /** Local address for BIND's listening socket, put into its first reply as it is, also when it is `0.0.0.0`.
   *  Default: the address the client reached the proxy at. */
  bindAddress?: string;
  /** Listen for BIND on the request's DST.PORT, as Dante does for its own client, and fail if it is taken.
   *  Default: false, any free port. */
  bindRequestedPort?: boolean;
  /** Time for the whole handshake, in milliseconds. Default: 10 000. */
  handshakeTimeout?: number;
  /** Time for the connection to the destination, in milliseconds. Default: 30 000. */
  connectTimeout?: number;
  /** Time a BIND waits for its peer, in milliseconds. Default: 120 000, the two minutes of the SOCKS4 protocol. */
  bindTimeout?: number;
  /** A relay without a byte in either direction for so long is closed, in milliseconds. Default: 0, never. */
  idleTimeout?: number;
  /** Concurrent sessions; one more is closed at once. Default: 1024. */
  maxSessions?: number;
  /** Receives one line for each session when it ends. Never a password. */
  log?: (line: string) => void;
  /** Receives the record of each session when it ends. */
  onSession?: (record: SessionRecord) => void;
}

export type Settings = Required<Omit<SockdOptions, "allow" | "bindAddress" | "log" | "onSession">> &
  Pick<SockdOptions, "allow" | "bindAddress" | "log" | "onSession">;

/** Fills in the defaults documented at {@link SockdOptions}. */
export function settingsOf(options: SockdOptions): Settings {
  return {
    users: {},
    socks4Users: [],
    identPort: 0,
    versions: [4, 5],
    commands: ["CONNECT", "BIND"],
    deny: [],
    hosts: {},
    bindRequestedPort: false,
    handshakeTimeout: 10_000,
    connectTimeout: 30_000,
    bindTimeout: 120_000,
    idleTimeout: 0,
    maxSessions: 1024,
    ...Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)),
  };
}
