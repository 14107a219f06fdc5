import type { GuardMode } from "../guard/incident";
import type { Endpoint } from "../protocol/address";
import type { Isolation } from "../routes/isolation";
import type { Route } from "../routes/route";
import type { Rule } from "../routes/rules";

/** What an ordinary `listen` becomes, see Rlisten. */
export type BindPolicy = "auto" | "bind" | "local" | "deny";

/** An environment variable that is set, and what comes before it. */
export interface PassedOver {
  variable: string;
  by: string;
}

/** The configuration in force, complete and checked. */
export interface Settings {
  /** The program's name, as given to SOCKSinit. */
  name: string;
  /** The routing table: the first rule that matches decides, and the last matches everything. */
  rules: readonly Rule[];
  /** Which way a destination goes. */
  route(destination: Endpoint): Route;
  /** Environment variables that are set and not obeyed, each with what is obeyed instead. */
  passedOver: readonly PassedOver[];
  /** Total time from dial to established (of a BIND: to the port at the proxy), milliseconds. */
  timeout: number;
  /** Total time of a BIND, from dial to the connection of its peer, milliseconds. */
  bindTimeout: number;
  /** Greeting and request in one segment where there is no password. */
  pipeline: boolean;
  /** What the caller writes before 'connect' goes with the request. */
  earlyData: boolean;
  /** See SocksOptions. */
  isolate: Isolation | undefined;
  bind: BindPolicy;
  /** What is to become of the guard; undefined leaves it as it is. */
  guard: GuardMode | "off" | undefined;
  /** Name servers for Rdns.resolve*, asked over TCP on the same routes as everything else. */
  resolvers: readonly Endpoint[];
}

/** Total time from dial to established, milliseconds, unless configured otherwise. */
export const DEFAULT_TIMEOUT = 30_000;

/** "Two minutes for the application server to connect", as SOCKS4's BIND has it. */
export const DEFAULT_BIND_TIMEOUT = 120_000;
