import { createHash, timingSafeEqual } from "node:crypto";
import type { Socket } from "node:net";
import { ProtocolError } from "./errors";
import type { HandshakeReader } from "./reader";

/**
 * User name and password, RFC 1929.
 * @returns the user's name.
 */
export async function authenticate(
  reader: HandshakeReader,
  client: Socket,
  users: Readonly<Record<string, string>>,
): Promise<string> {
  const version = await reader.byte();
  if (version !== 1) {
    client.write(Buffer.from([1, 1]));
    throw new ProtocolError(`the password negotiation's version is ${version}, not 1`);
  }
  const user = (await reader.bytes(await reader.byte())).toString("utf8");
  const password = await reader.bytes(await reader.byte());
  if (!matches(Object.hasOwn(users, user) ? users[user] : undefined, password)) {
    // "If the server returns a `failure' (STATUS value other than X'00') status, it MUST close the connection" (§2).
    client.write(Buffer.from([1, 1]));
    throw new ProtocolError(`wrong password or unknown user ${JSON.stringify(user)}`);
  }
  client.write(Buffer.from([1, 0]));
  return user;
}

/** Takes the same time wherever they differ, also for an unknown user. */
function matches(expected: string | undefined, given: Buffer): boolean {
  const digest = (value: string | Buffer) => createHash("sha256").update(value).digest();
  return timingSafeEqual(digest(expected ?? ""), digest(given)) && expected !== undefined;
}
