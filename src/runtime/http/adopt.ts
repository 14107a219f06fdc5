import type http = require("node:http");
import { throughSocks } from "../redirect/through";
import { dialsThroughSocks, markDialler } from "./agentclass";

type Pool = NodeJS.ReadOnlyDict<import("node:net").Socket[]>;
type Method = (this: http.Agent, ...args: unknown[]) => unknown;

/** Where an agent dials: http.Agent's own method, and the one of the npm package agent-base (https-proxy-agent …). */
const DIALLERS = ["createConnection", "connect"] as const;
type Dialling = Partial<Record<(typeof DIALLERS)[number], Method>>;

const adopted = new WeakSet<object>();

/**
 * Makes an agent that was not made by us (a library's subclass of http.Agent, a plain one from code that was
 * never compiled) dial through SOCKS from now on. Its own method runs as before, but what it dials before it
 * returns goes through the proxy. Connections that it opened earlier, and directly, serve no further request.
 *
 * An agent that dials later than that brings its own transport: the guard reports it.
 *
 * @returns `agent`
 */
export function adopt<A extends http.Agent>(agent: A): A {
  const changed = DIALLERS.filter((name) => wrap(agent as unknown as Dialling, name)).length > 0;
  if (!changed || adopted.has(agent)) return agent;
  adopted.add(agent);
  for (const socket of sockets(agent.freeSockets)) socket.destroy();
  // Before the agent's own listener returns the connection to the pool.
  for (const socket of sockets(agent.sockets)) socket.prependOnceListener("free", () => socket.destroy());
  return agent;
}

/** @returns whether there is such a method, and it was not ours */
function wrap(agent: Dialling, name: (typeof DIALLERS)[number]): boolean {
  const dial = agent[name];
  if (typeof dial !== "function" || dialsThroughSocks(dial)) return false;
  Object.defineProperty(agent, name, {
    value: markDialler(function (this: http.Agent, ...args: unknown[]) {
      return throughSocks(() => Reflect.apply(dial, this, args));
    }),
    writable: true,
    configurable: true,
  });
  return true;
}

function sockets(pool: Pool | undefined) {
  return Object.values(pool ?? {}).flatMap((list) => list ?? []);
}
