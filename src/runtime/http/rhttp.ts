import http = require("node:http");
import { RWebSocket } from "../fetch/websocket";
import { likeness } from "../redirect/likeness";
import { Agent } from "./agent";
import { globalAgents } from "./globals";
import { ClientRequest, get, request } from "./request";

/** The module `http`, with connections through SOCKS. Its `globalAgent` may be replaced, as Node's may. */
export const Rhttp: typeof http = likeness(http, {
  Agent,
  ClientRequest,
  get,
  request,
  get globalAgent() {
    return globalAgents.http;
  },
  set globalAgent(agent) {
    globalAgents.http = agent;
  },
  WebSocket: RWebSocket,
});
