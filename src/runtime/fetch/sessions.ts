/** undici keeps as many (lib/core/connect.js, maxCachedSessions). */
const LIMIT = 100;

/** The latest TLS session of each server, for resumption (RFC 8446 §2.2); the longest unused goes first. */
export class SessionCache {
  readonly #sessions = new Map<string, Buffer>();

  get(server: string): Buffer | undefined {
    return this.#sessions.get(server);
  }

  set(server: string, session: Buffer): void {
    this.#sessions.delete(server);
    this.#sessions.set(server, session);
    if (this.#sessions.size > LIMIT) this.#sessions.delete(this.#sessions.keys().next().value!);
  }
}
