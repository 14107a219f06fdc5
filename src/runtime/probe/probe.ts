import { settings } from "../config/init";
import type { Endpoint } from "../protocol/address";
import { configuredChains } from "../routes/configuration";
import { hopOf, type Hop } from "../routes/decision";
import type { Proxy } from "../routes/proxy";
import { unknown, type Answer } from "./answer";
import { askMethod, type Method } from "./methods";
import { hasBind, hasConnect, reaches, resolvesNames, speaks4, speaks4a, type Tried } from "./judge";
import { request } from "./requests";

/** What a proxy can be asked. */
export type Question =
  | "reachable"
  /** Does it speak that version? */
  | "socks5"
  | "socks4"
  | "socks4a"
  /** Does it take that method of authentication (RFC 1928 §3)? */
  | Method
  /** Does it accept the user name and password that are configured? */
  | "credentials"
  /** Has it that command, in the version that is configured? */
  | "connect"
  | "bind"
  /** Does it take names, and resolve them? */
  | "names"
  /** Does it reach the target? */
  | "target";

/** What one configured proxy answers. */
export interface ServerProbe {
  server: Hop;
  /** The version that is configured. */
  version: 4 | 5;
  /** The proxies that lead to it, as URLs without passwords. */
  through: string[];
  answers: Record<Question, Answer>;
}

export interface ProbeOptions {
  /** A destination to connect to through each proxy; nothing is sent there. */
  target?: Endpoint;
  /** Time for each of the questions, milliseconds; four of them at most come one after the other. Default 5,000. */
  timeout?: number;
}

/** RFC 6761 §6.4: ".invalid" names are guaranteed not to exist. */
const NOWHERE: Endpoint = { host: "tsocksify.invalid", port: 1 };
/** No service listens on port 0: a request for it is answered, and connects nowhere. */
const NO_SERVICE: Endpoint = { host: "127.0.0.1", port: 0 };
/** How long a connection is watched that was granted before it was dialled, milliseconds. */
const PATIENCE = 2_000;

/**
 * Asks every proxy of the configuration in force what it can do. Without a target nothing is connected to through
 * them: they are asked for a name that does not exist, for port 0, and for a port to BIND, which is closed at once.
 *
 * @throws SocksError ESOCKSBADCONF when the configuration cannot be read
 */
export function probe({ target, timeout = 5_000 }: ProbeOptions = {}): Promise<ServerProbe[]> {
  return Promise.all(configuredChains(settings().rules).map((chain) => probeServer(chain, target, timeout)));
}

async function probeServer(
  chain: readonly Proxy[],
  target: Endpoint | undefined,
  timeout: number,
): Promise<ServerProbe> {
  const proxy = chain.at(-1)!;
  const through = chain.slice(0, -1).map((hop) => hopOf(hop).url);
  const [anonymous, gssapi, password] = await Promise.all([
    askMethod(chain, "anonymous", timeout),
    askMethod(chain, "gssapi", timeout),
    askMethod(chain, "password", timeout),
  ]);
  const { reachable } = anonymous;
  const { socks5 } = [anonymous, gssapi, password].find((each) => each.socks5.answer === "yes") ?? anonymous;
  const greeted = {
    reachable,
    socks5,
    anonymous: anonymous.method,
    gssapi: gssapi.method,
    password: password.method,
    credentials:
      password.credentials ?? notAsked(proxy.credentials ? "it does not take any" : "none are configured"),
  };
  const requested =
    reachable.answer === "yes"
      ? await askRequests(chain, socks5, target, timeout)
      : allNotAsked("there is no connection");
  return { server: hopOf(proxy), version: proxy.version, through, answers: { ...greeted, ...requested } };
}

type Requested = Record<"socks4" | "socks4a" | "connect" | "bind" | "names" | "target", Answer>;

async function askRequests(
  chain: readonly Proxy[],
  socks5: Answer,
  target: Endpoint | undefined,
  timeout: number,
): Promise<Requested> {
  const { version } = chain.at(-1)!;
  const version4 = inVersion(chain, 4);
  const noService = await request(version4, "connect", NO_SERVICE, timeout);
  const first4 = speaks4(noService);
  if ((version === 5 ? socks5 : first4).answer === "no")
    return { ...allNotAsked(`it does not speak SOCKS${version}`), socks4: first4 };
  const [bind, name] = await Promise.all([
    request(chain, "bind", NO_SERVICE, timeout),
    request(chain, "connect", NOWHERE, timeout),
  ]);
  const patience = name.granted ? Math.min(PATIENCE, timeout) : 0;
  const attempt = async (way: readonly Proxy[]): Promise<Tried | undefined> =>
    target && { endpoint: target, reply: await request(way, "connect", target, timeout, patience) };
  const [tried, tried4] = await Promise.all([
    attempt(chain),
    first4.answer === "no" ? undefined : attempt(version4),
  ]);
  const socks4 = speaks4(noService, tried4);
  return {
    socks4,
    socks4a: speaks4a(socks4, tried4),
    connect: hasConnect(name, tried),
    bind: hasBind(bind),
    names: resolvesNames(name, tried),
    target: tried ? reaches(tried, name.granted) : notAsked("no target was given"),
  };
}

function notAsked(why: string): Answer {
  return unknown(`not asked: ${why}`);
}

function allNotAsked(why: string): Requested {
  const answer = notAsked(why);
  return { socks4: answer, socks4a: answer, connect: answer, bind: answer, names: answer, target: answer };
}

function inVersion(chain: readonly Proxy[], version: 4 | 5): Proxy[] {
  return [...chain.slice(0, -1), { ...chain.at(-1)!, version }];
}
