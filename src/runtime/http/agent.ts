import http = require("node:http");
import type net = require("node:net");
import { Rconnect } from "../connect";
import { throughSocks } from "../redirect/through";
import { agentClass, type Connecting } from "./agentclass";

const native = (http.Agent.prototype as unknown as Connecting).createConnection;

/** Node ≥ 24: the option `proxyEnv` makes the agent's own connections ones to an HTTP proxy. */
interface WithOptions {
  options?: { proxyEnv?: object };
}

/**
 * `http.Agent` whose connections go through SOCKS: pooling, keep-alive and scheduling are Node's own, one pool
 * per destination. Works with `new`, without, and as a base class; `instanceof` answers for any http.Agent.
 */
export const Agent = agentClass(http.Agent, function createConnection(this: http.Agent, ...args: unknown[]) {
  if ((this as WithOptions).options?.proxyEnv) return throughSocks(() => Reflect.apply(native, this, args));
  return Rconnect(...(args as [options: net.NetConnectOpts]));
});
export type Agent = http.Agent;
