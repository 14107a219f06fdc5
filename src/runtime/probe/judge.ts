import net from "node:net";
import type { SocksError } from "../errors/SocksError";
import { authority, type Endpoint } from "../protocol/address";
import { no, unknown, yes, type Answer } from "./answer";
import type { Reply } from "./requests";

/** REP, RFC 1928 §6; those of SOCKS4 are above 90. */
const NOT_ALLOWED = 2;
const NO_SUCH_COMMAND = 7;
const NO_SUCH_ADDRESS_TYPE = 8;

/** What became of a request for a target. */
export interface Tried {
  endpoint: Endpoint;
  reply: Reply;
}

/**
 * Whether a SOCKS4 server answered: refusing is an answer, too.
 *
 * @param noService the reply to a request for a port where nothing can listen
 * @param target the same proxy's, in SOCKS4, to a request for the target
 */
export function speaks4(noService: Reply, target?: Tried): Answer {
  if (noService.granted || target?.reply.granted) return yes("it grants a request");
  const { error } = noService;
  if (error.stage === "destination") return yes(`it answers a request (reply ${error.reply})`);
  return isSilence(error) ? unknown(SILENCE) : failed(error);
}

/** @param target the proxy's reply, in SOCKS4, to a request for the target */
export function speaks4a(socks4: Answer, target?: Tried): Answer {
  if (socks4.answer === "no") return no("it does not speak SOCKS4");
  if (!target || isAddress(target))
    return unknown("not asked: only a target whose host is a name would tell");
  return isThere(target) ? yes("it reaches the target by its name") : unknown(NOT_BY_NAME);
}

/** @param name the reply to a CONNECT to a name that does not exist */
export function hasConnect(name: Reply, target?: Tried): Answer {
  if (name.granted || target?.reply.granted) return yes("it grants a connection");
  const { error } = name;
  if (isSilence(error)) return unknown(SILENCE);
  if (error.stage !== "destination" || error.reply === NO_SUCH_COMMAND) return failed(error);
  if (error.reply === NOT_ALLOWED)
    return unknown("its rules do not allow the name that was asked for, which says nothing about others");
  return yes("it tries to connect");
}

/** @param bind the reply to a BIND for any port */
export function hasBind(bind: Reply): Answer {
  if (bind.granted) return yes("it gives a port");
  const { reason } = bind.error;
  return no(
    reason,
    "Only a program that listens for a peer behind the proxy needs BIND (FTP's active mode).",
  );
}

/** @param name the reply to a CONNECT to a name that does not exist */
export function resolvesNames(name: Reply, target?: Tried): Answer {
  if (target && !isAddress(target))
    return isThere(target) ? yes(`it resolves ${target.endpoint.host}`) : unknown(NOT_BY_NAME);
  if (name.granted)
    return unknown("it grants every request before it dials, so that its answer says nothing");
  const { error } = name;
  if (isSilence(error)) return unknown(SILENCE);
  if (error.stage !== "destination") return unknown(error.reason);
  if (error.reply === NO_SUCH_ADDRESS_TYPE) return failed(error);
  return unknown("it takes names; only a target whose host is a name would tell whether it resolves them");
}

/** @param answersFirst whether the proxy grants requests before it dials */
export function reaches({ endpoint, reply }: Tried, answersFirst: boolean): Answer {
  const place = authority(endpoint);
  if (!reply.granted) return failed(reply.error);
  if (!answersFirst) return yes(`it connects to ${place}`);
  return reply.lasts
    ? yes(`the connection to ${place} lasts; it was granted before it was dialled`)
    : no(
        `it grants the connection to ${place} before it dials, as ssh -D does, and closes it then`,
        "Check the host and port as seen from the proxy's machine.",
      );
}

const NOT_BY_NAME = "it does not reach the target by its name, for whatever reason";
const SILENCE = "it closes the connection instead of a reply, as ssh -D does when it can't connect";

function isAddress({ endpoint }: Tried): boolean {
  return net.isIP(endpoint.host) !== 0;
}

function isThere({ reply }: Tried): boolean {
  return reply.granted && reply.lasts;
}

function isSilence({ code, stage }: SocksError): boolean {
  return code === "ECONNRESET" && stage === "handshake";
}

function failed({ code, reason, remedy }: SocksError): Answer {
  return code === "ETIMEDOUT" ? unknown(reason, remedy) : no(reason, remedy);
}
