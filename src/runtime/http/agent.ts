import http from "node:http";
import { agentClass } from "./agentclass";

/**
 * `http.Agent` whose connections go through SOCKS: pooling, keep-alive and scheduling are Node's own, one pool
 * per destination. Works with `new`, without, and as a base class; `instanceof` answers for any http.Agent.
 */
export const Agent = agentClass(http.Agent);
export type Agent = http.Agent;
