import type { Socket } from "node:net";
import { formatIPv4, parseIPv4, parseName } from "./address";
import { Refusal, Reply } from "./errors";
import { identify } from "./ident";
import type { Settings } from "./options";
import type { HandshakeReader } from "./reader";
import type { Address, Request } from "./request";

/** Neither USERID nor the 4a name has a length in the protocol; 255 is the limit of their SOCKS5 counterparts. */
const fieldLimit = 255;

/**
 * Reads a SOCKS4 or 4a request after its VN byte ("SOCKS: A protocol for TCP proxy across firewalls", Ying-Da Lee;
 * "SOCKS 4A: A Simple Extension to SOCKS 4 Protocol").
 * `answer` gets the request as soon as it can be answered, also when a refusal is thrown afterwards.
 */
export async function readSocks4(
  reader: HandshakeReader,
  client: Socket,
  settings: Settings,
  answer: (request: Request) => void,
): Promise<Request> {
  const head = await reader.bytes(7);
  const cd = head.readUInt8(0);
  const ip = head.subarray(3, 7);
  const request: Request = {
    version: "4",
    command: cd === 2 ? "BIND" : "CONNECT",
    destination: { host: formatIPv4(ip), port: head.readUInt16BE(1) },
    granted: (bound) => reply(90, bound),
    refused: (refusal) => reply(refusal.cd),
  };
  answer(request);
  const user = (await reader.untilNul(fieldLimit, "USERID")).toString("latin1");
  if (user) request.user = user;
  // 4a: "the client should set the first three bytes of DSTIP to NULL and the last byte to a non-zero value".
  if (ip.readUIntBE(0, 3) === 0 && ip.readUInt8(3) !== 0) {
    request.version = "4a";
    request.destination.host = parseName(await reader.untilNul(fieldLimit, "the destination's name"));
  }
  if (cd !== 1 && cd !== 2) throw new Refusal(Reply.CommandNotSupported, `command ${cd} is unknown`);
  authorise(user, settings);
  if (settings.identPort > 0) await identify(client, user, settings.identPort, settings.handshakeTimeout);
  return request;
}

function authorise(user: string, { users, socks4Users }: Settings): void {
  if (socks4Users.includes(user)) return;
  if (socks4Users.length > 0)
    throw new Refusal(Reply.NotAllowed, `USERID ${JSON.stringify(user)} is not allowed`, 93);
  if (Object.keys(users).length > 0)
    throw new Refusal(Reply.NotAllowed, "a password is required, and SOCKS4 has none");
}

/** VN is 0 in a reply. IPv6 has no place in it: 0.0.0.0, which clients take for "the proxy's address". */
function reply(code: number, bound: Address = { host: "0.0.0.0", port: 0 }): { code: number; bytes: Buffer } {
  const bytes = Buffer.from([0, code, 0, 0, 0, 0, 0, 0]);
  bytes.writeUInt16BE(bound.port, 2);
  parseIPv4(bound.host)?.copy(bytes, 4);
  return { code, bytes };
}
