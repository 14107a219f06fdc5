import type { Endpoint } from "./address";

/** CMD, RFC 1928 §4. */
export type Command = "connect" | "bind";

/** User name and password for a proxy (RFC 1929); with SOCKS4 the user name is USERID. */
export interface Credentials {
  username: string;
  password?: string | undefined;
  /** Where they were configured, if not together with the proxy. */
  source?: string | undefined;
}

/** What one handshake is about. */
export interface HandshakeRequest {
  command: Command;
  destination: Endpoint;
  credentials?: Credentials | undefined;
  /** Send the request without waiting for the answer to the greeting. */
  pipeline: boolean;
  /** Bytes for the destination, to be sent behind the request without waiting for the reply. */
  early?: Buffer | undefined;
}

/** What a handshake wants next, after it was given some bytes. */
export interface Progress {
  /** Bytes to send to the proxy. */
  send?: Buffer;
  /** BND of a successful reply; for BIND this happens twice. */
  granted?: Endpoint;
}

/**
 * One side of a SOCKS conversation, without any I/O: it is given the bytes that arrive and says what to send.
 * Bytes behind the last reply stay in `rest`; they belong to the destination.
 */
export interface Handshake {
  /** The bytes to send first. */
  begin(): Buffer;
  /**
   * @param bytes what arrived; call again with an empty buffer after a `granted` to go on with what was left over
   * @throws ProtocolFailure as soon as the bytes so far can only mean failure
   */
  receive(bytes: Buffer): Progress;
  /** Bytes received and not used. */
  readonly rest: Buffer;
  /** Whether the proxy has all that it asked for, and nothing but its reply is missing. */
  readonly awaitsReply: boolean;
}
