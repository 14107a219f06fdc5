import http = require("node:http");
import https = require("node:https");
import { Agent } from "./agent";
import { Agent as SecureAgent } from "../https/agent";

/**
 * The agents of requests that name none, with the settings of Node's own (lib/_http_agent.js, lib/https.js:
 * keep-alive, last in first out, 5 s idle). A program may replace them, as it may replace Node's.
 */
const OPTIONS = { keepAlive: true, scheduling: "lifo", timeout: 5000 } as const;

export const globalAgents: { http: http.Agent; https: https.Agent } = {
  http: new Agent(OPTIONS),
  https: new SecureAgent(OPTIONS),
};

/** Node's own default agents stand for ours: adopting them would change the rest of the program. */
export function ours(agent: http.Agent): http.Agent {
  if (agent === http.globalAgent) return globalAgents.http;
  if (agent === https.globalAgent) return globalAgents.https;
  return agent;
}
