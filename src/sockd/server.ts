import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { countEnd, countRelay, newCounters, type Counters } from "./counters";
import { logLine } from "./log";
import { settingsOf, type Settings, type SockdOptions } from "./options";
import { hostPort, type SessionRecord } from "./record";
import { RuleSet } from "./rules";
import { Session } from "./session";

/** Ended sessions that {@link Sockd.sessions} remembers. */
const historyLength = 1000;

/** A SOCKS server for demos, tests and development. Made by {@link createSockd}. */
export class Sockd {
  /** Totals since the server was created. */
  readonly counters: Counters = newCounters();
  readonly #settings: Settings;
  readonly #rules: RuleSet;
  readonly #server: Server;
  readonly #open = new Map<Session, Promise<void>>();
  readonly #records: SessionRecord[] = [];
  #closed: Promise<void> | undefined;

  constructor(options: SockdOptions) {
    this.#settings = settingsOf(options);
    this.#rules = new RuleSet(this.#settings);
    this.#server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => this.#serve(client));
  }

  /** Sessions, the oldest first: all open ones, and the last 1000 ended ones. */
  get sessions(): readonly SessionRecord[] {
    return this.#records;
  }

  /** `socks5://host:port`, without user and password. @throws Error if the server does not listen. */
  get url(): string {
    const { address, port } = this.address();
    return `socks5://${hostPort(address, port)}`;
  }

  /**
   * Starts listening.
   * @param port 0 for any free one.
   * @param host local address. An open proxy on a public address is abused within hours, hence loopback.
   * @returns a promise of this server; rejected with Node's error, such as `EADDRINUSE`.
   */
  listen(port = 0, host = "127.0.0.1"): Promise<this> {
    return new Promise((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen({ port, host, exclusive: true }, () => {
        this.#server.off("error", reject).on("error", () => {});
        resolve(this);
      });
    });
  }

  /** The address it listens at. @throws Error if it does not. */
  address(): AddressInfo {
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw new Error("the SOCKS server is not listening");
    return address;
  }

  /**
   * Stops gracefully: takes no more clients, ends handshakes and waiting BINDs at once, and gives relays
   * `grace` milliseconds to finish before they are reset.
   */
  async close({ grace = 1000 }: { grace?: number } = {}): Promise<void> {
    // A second close() waits for the same end, perhaps with a shorter grace.
    this.#closed ??= new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const session of this.#open.keys()) if (!session.relaying) session.destroy("the proxy stops");
    const timer = setTimeout(() => {
      for (const session of this.#open.keys()) session.destroy("the proxy stops");
    }, grace);
    await this.#closed;
    await Promise.all(this.#open.values());
    clearTimeout(timer);
  }

  #serve(client: Socket): void {
    // A client may be gone before we come to look at it.
    if (client.remoteAddress === undefined || this.#open.size >= this.#settings.maxSessions)
      return void client.on("error", () => {}).destroy();
    this.counters.open++;
    const record: SessionRecord = {
      id: ++this.counters.accepted,
      client: hostPort(client.remoteAddress, client.remotePort ?? 0),
      startedAt: Date.now(),
      bytesUp: 0,
      bytesDown: 0,
    };
    this.#remember(record);
    const session = new Session(client, this.#settings, this.#rules, record);
    session.onRelay = () => countRelay(this.counters, record);
    this.#open.set(
      session,
      session.run().then(() => this.#ended(session)),
    );
  }

  #ended(session: Session): void {
    const { record } = session;
    this.#open.delete(session);
    record.endedAt = Date.now();
    countEnd(this.counters, record);
    this.#settings.log?.(logLine(record));
    this.#settings.onSession?.(record);
  }

  #remember(record: SessionRecord): void {
    this.#records.push(record);
    if (this.#records.length > historyLength + this.#open.size) {
      const oldest = this.#records.findIndex(({ endedAt }) => endedAt !== undefined);
      if (oldest >= 0) this.#records.splice(oldest, 1);
    }
  }
}

/**
 * Creates an embedded SOCKS 4, 4a and 5 server with CONNECT and BIND. It is meant for demos, tests and
 * development; in production run Dante, `ssh -D` or Tor.
 * @throws TypeError for a rule that is none.
 * @example
 * const sockd = await createSockd({ allow: ["127.0.0.1"] }).listen();
 * SOCKSinit("test", { proxy: sockd.url });
 * …
 * await sockd.close();
 */
export function createSockd(options: SockdOptions = {}): Sockd {
  return new Sockd(options);
}
