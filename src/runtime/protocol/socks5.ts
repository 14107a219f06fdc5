import net from "node:net";
import { replyMeaning } from "../errors/replies";
import { addressBytes, addressText, writeIPv4 } from "./address";
import { notSocks, ProtocolFailure } from "./failure";
import type { Handshake, HandshakeRequest, Progress } from "./handshake";

const VERSION = 5;
/** METHOD, RFC 1928 §3. */
const NO_AUTHENTICATION = 0x00;
const USERNAME_PASSWORD = 0x02;
const NO_ACCEPTABLE_METHODS = 0xff;
/** VER of the username/password subnegotiation, RFC 1929 §2. */
const AUTH_VERSION = 1;
const COMMANDS = { connect: 1, bind: 2 } as const;
/** ATYP, RFC 1928 §5. */
const IPV4 = 1;
const DOMAIN_NAME = 3;
const IPV6 = 4;
/** VER NMETHODS METHODS, RFC 1928 §3. */
const ANONYMOUS_GREETING = Buffer.from([VERSION, 1, NO_AUTHENTICATION]);
const PASSWORD_GREETING = Buffer.from([VERSION, 2, NO_AUTHENTICATION, USERNAME_PASSWORD]);
const NOTHING = Buffer.alloc(0);

/** The client's side of SOCKS5 (RFC 1928) with username/password authentication (RFC 1929). */
export class Socks5Handshake implements Handshake {
  rest: Buffer = NOTHING;
  private awaiting: "method" | "authentication" | "reply" = "method";
  private requestSent = false;

  constructor(private readonly request: HandshakeRequest) {}

  begin(): Buffer {
    if (this.request.credentials) return PASSWORD_GREETING;
    if (!this.request.pipeline) return ANONYMOUS_GREETING;
    // Only one method is on offer, so the answer can only be yes or no: the request need not wait for it.
    this.requestSent = true;
    return encodeRequest(this.request, ANONYMOUS_GREETING);
  }

  get awaitsReply(): boolean {
    return this.awaiting === "reply";
  }

  receive(bytes: Buffer): Progress {
    if (bytes.length > 0) this.rest = this.rest.length > 0 ? Buffer.concat([this.rest, bytes]) : bytes;
    const progress: Progress = {};
    while (!progress.granted) {
      const step = this.step();
      if (!step) break;
      if (step.send) progress.send = progress.send ? Buffer.concat([progress.send, step.send]) : step.send;
      if (step.granted) progress.granted = step.granted;
    }
    return progress;
  }

  /** Reads one message if it is complete; undefined when more bytes are needed. */
  private step(): Progress | undefined {
    if (this.awaiting === "method") return this.method();
    if (this.awaiting === "authentication") return this.authentication();
    return this.reply();
  }

  private take(length: number): Buffer {
    const taken = this.rest.subarray(0, length);
    this.rest = this.rest.subarray(length);
    return taken;
  }

  private checkVersion(expected: number, message: string): void {
    if (this.rest.length > 0 && this.rest[0] !== expected)
      throw notSocks(VERSION, `${message} starts with byte 0x${this.rest[0]!.toString(16).padStart(2, "0")}`);
  }

  private method(): Progress | undefined {
    this.checkVersion(VERSION, "the answer to the greeting");
    if (this.rest.length < 2) return undefined;
    const method = this.take(2)[1]!;
    const { credentials } = this.request;
    if (method === NO_AUTHENTICATION) return this.sendRequest();
    if (method === USERNAME_PASSWORD && credentials) {
      this.awaiting = "authentication";
      return { send: encodeCredentials(credentials.username, credentials.password ?? "") };
    }
    if (method === NO_ACCEPTABLE_METHODS)
      throw new ProtocolFailure(
        "ESOCKSAUTH",
        credentials
          ? "the proxy accepts neither a user name with password nor anonymous use"
          : "the proxy does not accept anonymous use",
        credentials
          ? "It may want GSSAPI, which is not supported here; ask its operator."
          : "Give SOCKS_USERNAME and SOCKS_PASSWORD, or put them into the proxy's URL.",
        "handshake",
      );
    throw notSocks(VERSION, `it chose authentication method ${method}, which was not offered`);
  }

  private authentication(): Progress | undefined {
    // Some servers answer with VER 5 here; what counts is STATUS.
    if (this.rest[0] !== VERSION) this.checkVersion(AUTH_VERSION, "the answer to user name and password");
    if (this.rest.length < 2) return undefined;
    const status = this.take(2)[1]!;
    if (status !== 0)
      throw new ProtocolFailure(
        "ESOCKSAUTH",
        "the proxy refused the user name or password",
        "Check SOCKS_USERNAME and SOCKS_PASSWORD, or those in the proxy's URL (special characters percent-encoded).",
        "handshake",
        status,
      );
    return this.sendRequest();
  }

  private sendRequest(): Progress {
    this.awaiting = "reply";
    return this.requestSent ? {} : { send: encodeRequest(this.request, undefined) };
  }

  private reply(): Progress | undefined {
    this.checkVersion(VERSION, "the reply");
    const { rest } = this;
    if (rest.length < 2) return undefined;
    const reply = rest[1]!;
    if (reply !== 0) {
      const { code, reason, remedy } = replyMeaning(5, reply);
      throw new ProtocolFailure(code, reason, remedy, "destination", reply);
    }
    if (rest.length < 4) return undefined;
    const type = rest[3]!;
    if (type !== IPV4 && type !== IPV6 && type !== DOMAIN_NAME)
      throw notSocks(VERSION, `its reply has address type ${type}`);
    if (type === DOMAIN_NAME && rest.length < 5) return undefined;
    const start = type === DOMAIN_NAME ? 5 : 4;
    const end = start + (type === IPV4 ? 4 : type === IPV6 ? 16 : rest[4]!);
    if (rest.length < end + 2) return undefined;
    this.rest = rest.length === end + 2 ? NOTHING : rest.subarray(end + 2);
    return {
      granted: {
        host:
          type === DOMAIN_NAME ? rest.toString("latin1", start, end) : addressText(rest.subarray(start, end)),
        port: rest.readUInt16BE(end),
      },
    };
  }
}

/** VER CMD RSV ATYP DST.ADDR DST.PORT, RFC 1928 §4, between what goes before it and what behind. */
function encodeRequest(
  { command, destination, early }: HandshakeRequest,
  before: Buffer | undefined,
): Buffer {
  const { host, port } = destination;
  const family = net.isIP(host);
  // A name has its length before it.
  const length = family === 4 ? 4 : family === 6 ? 16 : 1 + host.length;
  const start = before?.length ?? 0;
  const address = start + 4;
  const end = address + length + 2;
  const bytes = Buffer.allocUnsafe(end + (early?.length ?? 0));
  before?.copy(bytes);
  bytes[start] = VERSION;
  bytes[start + 1] = COMMANDS[command];
  bytes[start + 2] = 0;
  bytes[start + 3] = family === 4 ? IPV4 : family === 6 ? IPV6 : DOMAIN_NAME;
  if (family === 4) writeIPv4(bytes, host, address);
  else if (family === 6) addressBytes(host).copy(bytes, address);
  else {
    bytes[address] = host.length;
    bytes.write(host, address + 1, "latin1");
  }
  bytes.writeUInt16BE(port, end - 2);
  early?.copy(bytes, end);
  return bytes;
}

/** VER ULEN UNAME PLEN PASSWD, RFC 1929 §2. */
export function encodeCredentials(username: string, password: string): Buffer {
  const name = Buffer.from(username);
  const secret = Buffer.from(password);
  return Buffer.concat([
    Buffer.from([AUTH_VERSION, name.length]),
    name,
    Buffer.from([secret.length]),
    secret,
  ]);
}
