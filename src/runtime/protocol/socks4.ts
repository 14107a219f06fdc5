import net from "node:net";
import { replyMeaning } from "../errors/replies";
import { addressBytes, addressText } from "./address";
import { notSocks, ProtocolFailure } from "./failure";
import type { Handshake, HandshakeRequest, Progress } from "./handshake";

const VERSION = 4;
const COMMANDS = { connect: 1, bind: 2 } as const;
const GRANTED = 90;
/** SOCKS4A: "0.0.0.x with nonzero x, an inadmissible destination", announces a name behind USERID. */
const NAME_FOLLOWS = Buffer.from([0, 0, 0, 1]);
const NOTHING = Buffer.alloc(0);

/**
 * The client's side of SOCKS4, and of 4A when the destination is a name: the two are the same on the wire as
 * long as it is an address.
 */
export class Socks4Handshake implements Handshake {
  readonly awaitsReply = true;
  rest: Buffer = NOTHING;

  constructor(private readonly request: HandshakeRequest) {}

  begin(): Buffer {
    const { command, destination, credentials, early = NOTHING } = this.request;
    const named = !net.isIPv4(destination.host);
    return Buffer.concat([
      Buffer.from([VERSION, COMMANDS[command], destination.port >> 8, destination.port & 0xff]),
      named ? NAME_FOLLOWS : addressBytes(destination.host),
      Buffer.from(`${credentials?.username ?? ""}\0`),
      Buffer.from(named ? `${destination.host}\0` : "", "latin1"),
      early,
    ]);
  }

  receive(bytes: Buffer): Progress {
    this.rest = this.rest.length > 0 ? Buffer.concat([this.rest, bytes]) : bytes;
    const { rest } = this;
    // "VN is the version of the reply code and should be 0"; servers exist that send 4.
    if (rest.length > 0 && rest[0] !== 0 && rest[0] !== VERSION)
      throw notSocks(VERSION, `its reply starts with byte 0x${rest[0]!.toString(16).padStart(2, "0")}`);
    if (rest.length > 1 && rest[1] !== GRANTED) {
      const { code, reason, remedy } = replyMeaning(4, rest[1]!);
      throw new ProtocolFailure(code, reason, remedy, "destination", rest[1]);
    }
    if (rest.length < 8) return {};
    this.rest = rest.subarray(8);
    return { granted: { host: addressText(rest.subarray(4, 8)), port: rest.readUInt16BE(2) } };
  }
}
