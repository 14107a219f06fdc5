import type { Credentials } from "./handshake";

/**
 * Credentials that don't show the password to whoever prints them, or a socket that is connecting with them: neither
 * util.inspect nor JSON sees private fields.
 */
export class Login implements Credentials {
  readonly #password: string | undefined;

  /** @param source where they were configured, if not together with the proxy */
  constructor(
    readonly username: string,
    password: string | undefined,
    readonly source?: string,
  ) {
    this.#password = password || undefined;
  }

  get password(): string | undefined {
    return this.#password;
  }
}
