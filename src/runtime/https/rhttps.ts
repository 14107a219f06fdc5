import https = require("node:https");
import { globalAgents } from "../http/globals";
import { likeness } from "../redirect/likeness";
import { Agent } from "./agent";
import { get, request } from "./request";

/** The module `https`, with connections through SOCKS. Its `globalAgent` may be replaced, as Node's may. */
export const Rhttps: typeof https = likeness(https, {
  Agent,
  get,
  request,
  get globalAgent() {
    return globalAgents.https;
  },
  set globalAgent(agent) {
    globalAgents.https = agent;
  },
});
