import https = require("node:https");
import { agentClass, type Connecting } from "../http/agentclass";
import { throughSocks } from "../redirect/through";
import { overPending, socketIn } from "../tls/beneath";

const native = (https.Agent.prototype as unknown as Connecting).createConnection;

/**
 * `https.Agent` whose connections go through SOCKS; pools, TLS sessions and certificate checks are Node's own.
 * Works with `new`, without, and as a base class; `instanceof` answers for any https.Agent.
 */
export const Agent = agentClass(
  https.Agent,
  function createConnection(this: https.Agent, ...args: unknown[]) {
    return overPending(socketIn(args), () => throughSocks(() => Reflect.apply(native, this, args)));
  },
);
export type Agent = https.Agent;
