/** The client's bytes are no SOCKS handshake. There is no reply that fits, the connection is closed. */
export class ProtocolError extends Error {
  override name = "ProtocolError";
}

/** A request that is understood and refused, with the reply to send. */
export class Refusal extends Error {
  override name = "Refusal";
  /** @param rep RFC 1928 REP; SOCKS4 has a single code for it, 91, unless `cd` says otherwise. */
  constructor(
    readonly rep: Reply,
    message: string,
    readonly cd: 91 | 92 | 93 = 91,
  ) {
    super(message);
  }
}

/** RFC 1928 §6, field REP. */
export enum Reply {
  Succeeded = 0,
  GeneralFailure = 1,
  NotAllowed = 2,
  NetworkUnreachable = 3,
  HostUnreachable = 4,
  ConnectionRefused = 5,
  TtlExpired = 6,
  CommandNotSupported = 7,
  AddressTypeNotSupported = 8,
}

const byErrno: Readonly<Record<string, Reply>> = {
  EACCES: Reply.NotAllowed,
  EPERM: Reply.NotAllowed,
  ENETUNREACH: Reply.NetworkUnreachable,
  ENETDOWN: Reply.NetworkUnreachable,
  EHOSTUNREACH: Reply.HostUnreachable,
  EHOSTDOWN: Reply.HostUnreachable,
  ENOTFOUND: Reply.HostUnreachable,
  EAI_AGAIN: Reply.HostUnreachable,
  ECONNREFUSED: Reply.ConnectionRefused,
  ECONNRESET: Reply.ConnectionRefused,
  // RFC 1928 has no code of its own for a timeout; Dante answers "TTL expired" too.
  ETIMEDOUT: Reply.TtlExpired,
  EAFNOSUPPORT: Reply.AddressTypeNotSupported,
};

/** The refusal for an error of the network, by its `code`. */
export function refusalOf(error: NodeJS.ErrnoException): Refusal {
  const reply = byErrno[error.code ?? ""] ?? Reply.GeneralFailure;
  return new Refusal(reply, error.message || error.code || "failed");
}
