/** A handshake that failed, in the protocol's own words; who dials makes a SocksError of it. */
export class ProtocolFailure extends Error {
  constructor(
    /** The `code` of the error to be. */
    readonly code: string,
    readonly reason: string,
    readonly remedy: string,
    /** "destination" when the proxy works and another proxy would hardly do better. */
    readonly stage: "handshake" | "destination",
    /** REP or CD, when the proxy gave one. */
    readonly reply?: number,
  ) {
    super(reason);
  }

  /** The proxy said no: what was sent with the request has not gone to the destination. */
  get declined(): boolean {
    return this.reply !== undefined || this.code === "ESOCKSAUTH";
  }
}

/** The proxy answered with something that is not SOCKS. */
export function notSocks(version: 4 | 5, answer: string): ProtocolFailure {
  return new ProtocolFailure(
    "EPROTO",
    `the proxy's answer is not SOCKS${version}: ${answer}`,
    "Check that this host and port are a SOCKS proxy (not an HTTP proxy or another service) and speak this version.",
    "handshake",
  );
}
