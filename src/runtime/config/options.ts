import type { GuardMode } from "../guard/incident";
import type { Isolation } from "../routes/isolation";
import type { ProxySpec } from "./proxySpec";
import type { RuleSpec } from "./ruleSpec";
import type { BindPolicy } from "./settings";

/** Options of {@link SOCKSinit}; what is left out is taken from the environment. */
export interface SocksOptions {
  /** The proxy; or several, tried in this order until one works. */
  proxy?: ProxySpec | readonly ProxySpec[];
  /** Proxies one behind the other, first hop first, instead of `proxy`. */
  chain?: readonly ProxySpec[];
  /** Credentials for every proxy that names none of its own. */
  username?: string;
  password?: string;
  /** Rules for some destinations; the first that matches decides, and they come before `noProxy` and `proxy`. */
  rules?: readonly RuleSpec[];
  /** A file in the classic socks.conf syntax, see readSocksConf; its rules come after `rules` and `noProxy`. */
  conf?: string;
  /** Destinations that are reached directly; syntax of NO_PROXY. */
  noProxy?: string | readonly string[];
  /** Total time from dial to established (of a BIND: to the port at the proxy), milliseconds; 30,000 when left out. */
  timeout?: number;
  /** Total time of a BIND, from dial to the connection of its peer, milliseconds; 120,000 when left out. */
  bindTimeout?: number;
  /**
   * Send greeting and request in one segment where there is no password; true when left out. A server that objects is
   * asked again, step by step, and one that drops the request over a second connection, a second later; false saves
   * the first connection to such a server that time.
   */
  pipeline?: boolean;
  /**
   * Send what the program writes before 'connect' (up to 14,600 bytes) with the request, instead of a round trip later;
   * false when left out, and the option of the same name of a single connect goes before. For proxies that relay
   * what comes behind the request: Dante, OpenSSH's `ssh -D` and our own server do (tested). It begins with the
   * second connection to a proxy, and bytes that may have arrived are never sent again: where others would try once
   * more, such a connection fails. Not for TLS, nor with `pipeline: false`.
   */
  earlyData?: boolean;
  /**
   * Tor stream isolation: connections to different destinations, or all connections, get SOCKS user names of their
   * own, so that Tor sends them over different circuits. For proxies without credentials.
   */
  isolate?: Isolation;
  /** What `listen` becomes, see Rlisten; "auto" when left out. */
  bind?: BindPolicy;
  /**
   * Name servers (`address`, `name` or `[address]:port`) for Rdns.resolve*, which asks them over TCP through the
   * proxy. Without one, and without Rdns.setServers, such queries fail: this machine's own are never asked.
   */
  resolver?: string | readonly string[];
  /**
   * Watch for what does not come through us, see SOCKSreport. There is no guard until a SOCKSinit asks for one;
   * left out in a later call, it stays as it is.
   */
  guard?: GuardMode | "off";
}
