import type { Socket } from "node:net";
import { readAddress, writeAddress } from "./address";
import { ProtocolError, Refusal, Reply } from "./errors";
import type { Settings } from "./options";
import { authenticate } from "./password";
import type { HandshakeReader } from "./reader";
import type { Request } from "./request";

/** RFC 1928 §3, field METHOD. */
const enum Method {
  None = 0,
  Password = 2,
  NoneAcceptable = 0xff,
}

const commands: Readonly<Record<number, Request["command"]>> = {
  1: "CONNECT",
  2: "BIND",
  3: "UDP ASSOCIATE",
};

/** Negotiates the method and reads the request, after the greeting's VER byte (RFC 1928 §3, §4). */
export async function readSocks5(
  reader: HandshakeReader,
  client: Socket,
  settings: Settings,
  answer: (request: Request) => void,
): Promise<Request> {
  const user = await negotiate(reader, client, settings);
  const [ver, cmd] = await reader.bytes(3);
  const request: Request = {
    version: "5",
    command: commands[cmd!] ?? "CONNECT",
    destination: { host: "", port: 0 },
    granted: (bound) => ({ code: 0, bytes: Buffer.concat([Buffer.from([5, 0, 0]), writeAddress(bound)]) }),
    refused: ({ rep }) => ({ code: rep, bytes: Buffer.from([5, rep, 0, 1, 0, 0, 0, 0, 0, 0]) }),
  };
  if (user !== undefined) request.user = user;
  answer(request);
  if (ver !== 5) throw new Refusal(Reply.GeneralFailure, `the request's version is ${ver}, not 5`);
  request.destination = await readAddress(reader);
  if (!commands[cmd!]) throw new Refusal(Reply.CommandNotSupported, `command ${cmd} is unknown`);
  return request;
}

async function negotiate(
  reader: HandshakeReader,
  client: Socket,
  settings: Settings,
): Promise<string | undefined> {
  const offered = await reader.bytes((await reader.byte()) || (await none(client)));
  const wanted = Object.keys(settings.users).length > 0 ? Method.Password : Method.None;
  if (!offered.includes(wanted)) return none(client);
  client.write(Buffer.from([5, wanted]));
  if (wanted === Method.None) return undefined;
  return authenticate(reader, client, settings.users);
}

/** "If the selected METHOD is X'FF', none of the methods listed by the client are acceptable" (§3). */
async function none(client: Socket): Promise<never> {
  client.write(Buffer.from([5, Method.NoneAcceptable]));
  throw new ProtocolError("none of the client's authentication methods is acceptable");
}
