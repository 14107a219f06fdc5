import { authority } from "../protocol/address";
import { errnoOf } from "./codes";

/**
 * Who failed. `configuration`: nothing was dialled. `proxy`: the proxy could not be reached. `handshake`: the
 * proxy was reached and did not speak SOCKS to the end, or refused us. `destination`: the proxy reports that it
 * could not reach, or would not serve, the destination.
 */
export type SocksStage = "configuration" | "proxy" | "handshake" | "destination";

/** What a SocksError tells, beside its message. */
export interface SocksErrorDetails {
  code: string;
  stage: SocksStage;
  /** What happened, as a clause: "the proxy refused the password". */
  reason: string;
  /** What to change. */
  remedy: string;
  /** "connect" unless it was something else. */
  syscall?: string;
  /** DST.ADDR as the program wrote it. */
  address?: string;
  /** DST.PORT. */
  port?: number;
  /** The proxy (or chain) as a URL without its password. */
  proxy?: string;
  /** The number in the proxy's reply: REP of RFC 1928 §6, or CD of SOCKS4. */
  reply?: number;
  cause?: unknown;
}

/**
 * Any failure of a SOCKSified call. It reads as Node's own network errors do (`code`, `errno`, `syscall`,
 * `address`, `port`), so code that handles ECONNREFUSED or ETIMEDOUT needs no change, and says on top of that
 * through which `proxy`, at which `stage` and what the `remedy` is. Its `name` is "Error", as theirs is.
 */
export class SocksError extends Error implements NodeJS.ErrnoException {
  readonly code: string;
  readonly errno?: number;
  readonly syscall: string;
  readonly stage: SocksStage;
  readonly reason: string;
  readonly remedy: string;
  readonly address?: string;
  readonly port?: number;
  readonly proxy?: string;
  readonly reply?: number;

  constructor(details: SocksErrorDetails) {
    super(describe(details), details.cause === undefined ? undefined : { cause: details.cause });
    this.code = details.code;
    this.syscall = details.syscall ?? "connect";
    this.stage = details.stage;
    this.reason = details.reason;
    this.remedy = details.remedy;
    const errno = errnoOf(details.code);
    if (errno !== undefined) this.errno = errno;
    if (details.address !== undefined) this.address = details.address;
    if (details.port !== undefined) this.port = details.port;
    if (details.proxy !== undefined) this.proxy = details.proxy;
    if (details.reply !== undefined) this.reply = details.reply;
  }
}

/**
 * What the destination did reads as in Node, "connect ECONNREFUSED 192.0.2.7:5432", since programs compare it; the
 * rest is in the properties, which are printed with it. Everything that only happens with a proxy says it all:
 * "connect ETIMEDOUT db.example:5432 via socks5://proxy:1080: <reason>. <Remedy>".
 */
function describe(details: SocksErrorDetails): string {
  const { syscall, code, address, port, proxy, reason, remedy, stage, reply } = details;
  const parts = [syscall ?? "connect", code];
  if (stage === "destination" && reply !== undefined) return `${parts.join(" ")} ${address}:${port}`;
  if (address !== undefined) parts.push(port === undefined ? address : authority({ host: address, port }));
  if (proxy !== undefined) parts.push(`via ${proxy}`);
  return `${parts.join(" ")}: ${reason}. ${remedy}`;
}
