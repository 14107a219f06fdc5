import type http from "node:http";
import { throughSocks } from "../redirect/through";
import { isSocksified, type Connecting } from "./agentclass";

type Pool = NodeJS.ReadOnlyDict<import("node:net").Socket[]>;
type Adoptable = http.Agent & Partial<Connecting>;

const adopted = new WeakSet<object>();

/**
 * Makes an agent that was not made by us (a library's subclass of http.Agent, a plain one from code that was
 * never compiled) dial through SOCKS from now on. Its own `createConnection` runs as before, but what it dials
 * before it returns goes through the proxy. Connections that it opened earlier, and directly, serve no further
 * request.
 *
 * An agent without `createConnection`, or one that dials later than that call, brings its own transport: the
 * guard reports it.
 *
 * @returns `agent`
 */
export function adopt<A extends http.Agent>(agent: A): A {
  const own = agent as Adoptable;
  if (typeof own.createConnection !== "function" || isSocksified(agent) || adopted.has(agent)) return agent;
  adopted.add(agent);

  const create = own.createConnection;
  Object.defineProperty(agent, "createConnection", {
    value(this: http.Agent, ...args: unknown[]) {
      return throughSocks(() => Reflect.apply(create, this, args));
    },
    writable: true,
    configurable: true,
  });

  for (const socket of sockets(agent.freeSockets)) socket.destroy();
  // Before the agent's own listener returns the connection to the pool.
  for (const socket of sockets(agent.sockets)) socket.prependOnceListener("free", () => socket.destroy());
  return agent;
}

function sockets(pool: Pool | undefined) {
  return Object.values(pool ?? {}).flatMap((list) => list ?? []);
}
