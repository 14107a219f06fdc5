import https from "node:https";
import { agentClass } from "../http/agentclass";

/**
 * `https.Agent` whose connections go through SOCKS; pools, TLS sessions and certificate checks are Node's own.
 * Works with `new`, without, and as a base class; `instanceof` answers for any https.Agent.
 */
export const Agent = agentClass(https.Agent);
export type Agent = https.Agent;
