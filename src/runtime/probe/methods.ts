import type { SocksError } from "../errors/SocksError";
import { encodeCredentials } from "../protocol/socks5";
import type { Proxy } from "../routes/proxy";
import { no, unknown, yes, type Answer } from "./answer";
import { Conversation, type Heard } from "./converse";

/** METHOD, RFC 1928 §3. */
export const METHODS = { anonymous: 0, gssapi: 1, password: 2 } as const;
export type Method = keyof typeof METHODS;

const NO_ACCEPTABLE_METHODS = 0xff;

/** What a proxy says to a greeting that offers one method. */
export interface MethodAnswers {
  reachable: Answer;
  socks5: Answer;
  /** Whether it takes that method. */
  method: Answer;
  /** Whether it takes the user name and password that are configured. */
  credentials?: Answer;
}

/** Offers a proxy one method of authentication; and where that is the password, and one is configured, logs in. */
export async function askMethod(
  chain: readonly Proxy[],
  method: Method,
  milliseconds: number,
): Promise<MethodAnswers> {
  let conversation: Conversation;
  try {
    conversation = await Conversation.open(chain, milliseconds);
  } catch (error) {
    const { reason, remedy } = error as SocksError;
    const notAsked = unknown("not asked: there is no connection");
    return { reachable: no(reason, remedy), socks5: notAsked, method: notAsked };
  }
  const reachable = yes("it accepts the connection");
  try {
    const heard = await conversation.ask([5, 1, METHODS[method]], 2);
    const socks5 = speaks(heard);
    if (socks5.answer !== "yes")
      return {
        reachable,
        socks5,
        // A server that speaks SOCKS5 to other offers means by it what others say with X'FF'.
        method:
          heard.bytes.length === 0 && heard.ended === "closed"
            ? no("it closes the connection on this offer")
            : unknown("not asked: it does not speak SOCKS5"),
      };
    const chosen = heard.bytes[1];
    if (chosen !== METHODS[method])
      return {
        reachable,
        socks5,
        method: no(
          chosen === NO_ACCEPTABLE_METHODS ? "it refuses this method" : `it chooses method ${chosen} instead`,
        ),
      };
    const accepted = yes("it takes this method");
    const { credentials } = chain.at(-1)!;
    if (method !== "password" || !credentials) return { reachable, socks5, method: accepted };
    const login = await conversation.ask(
      encodeCredentials(credentials.username, credentials.password ?? ""),
      2,
    );
    return { reachable, socks5, method: accepted, credentials: admits(login) };
  } finally {
    conversation.close();
  }
}

function speaks({ bytes, ended }: Heard): Answer {
  if (bytes.length === 2 && bytes[0] === 5) return yes("it answers the greeting");
  if (bytes.length === 0)
    return no(
      ended === "timeout"
        ? "it does not answer the greeting in time"
        : "it closes the connection on the greeting",
      "Check that this host and port are a SOCKS5 server, and that it allows this machine as a client.",
    );
  if (bytes.toString("latin1") === "HT")
    return no(
      "it answers in HTTP",
      "This is an HTTP proxy or a web server: give the host and port of a SOCKS server.",
    );
  return no(
    `its answer starts with byte 0x${bytes[0]!.toString(16).padStart(2, "0")}`,
    "Check that this host and port are a SOCKS server, and its version.",
  );
}

/** STATUS, RFC 1929 §2. */
function admits({ bytes, ended }: Heard): Answer {
  if (bytes.length === 2 && bytes[1] === 0) return yes("it accepts the user name and password");
  const remedy =
    "Check SOCKS_USERNAME and SOCKS_PASSWORD, or those in the proxy's URL (special characters percent-encoded).";
  if (bytes.length === 2) return no("it refuses the user name or password", remedy);
  return ended === "timeout"
    ? unknown("it does not answer the login in time")
    : no("it closes the connection on the login", remedy);
}
