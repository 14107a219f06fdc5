import type { Endpoint } from "../protocol/address";
import type { Isolation } from "../routes/isolation";
import type { Route } from "../routes/route";

/** What an ordinary `listen` becomes, see Rlisten. */
export type BindPolicy = "auto" | "bind" | "local" | "deny";

/** The configuration in force, complete and checked. */
export interface Settings {
  /** The program's name, as given to SOCKSinit. */
  name: string;
  /** Which way a destination goes. */
  route(destination: Endpoint): Route;
  /** Total time from dial to established, milliseconds. */
  timeout: number;
  /** Total time for the peer of a BIND to connect, milliseconds. */
  bindTimeout: number;
  /** Greeting and request in one segment where there is no password. */
  pipeline: boolean;
  /** See SocksOptions. */
  isolate: Isolation | undefined;
  bind: BindPolicy;
  /** Name servers for Rdns.resolve*, asked over TCP on the same routes as everything else. */
  resolvers: readonly Endpoint[];
}

/** Total time from dial to established, milliseconds, unless configured otherwise. */
export const DEFAULT_TIMEOUT = 30_000;

/** "Two minutes for the application server to connect", as SOCKS4's BIND has it. */
export const DEFAULT_BIND_TIMEOUT = 120_000;
