import type http = require("node:http");
import { throughSocks } from "../redirect/through";
import { adopt } from "./adopt";
import { ours } from "./globals";

/** Request options, with what Node's http reads and @types/node leaves out. */
export interface Options extends http.RequestOptions {
  _defaultAgent?: http.Agent;
}

/** The agent of requests that name none, and the class of the one that `agent: false` asks for. */
export interface Defaults {
  globalAgent: http.Agent;
  Agent: new () => http.Agent;
}

/** A connection of a request's own: the documented option `createConnection`. */
type CreateConnection = NonNullable<Options["createConnection"]>;

/**
 * The options of a request such that no way to a connection is a direct one: the default agent, `agent: false`,
 * the caller's agent, or the caller's `createConnection`. Anything else stays, also what is invalid: Node is to
 * reject it.
 */
export function socksified(options: Options, defaults: Defaults): Options {
  const { agent, createConnection, _defaultAgent } = options;
  // The property first: the V8 of Node 20 is slow with everything that is done with a copy that was added to.
  const result: Options = { agent: undefined, ...options };
  if (agent === false) result.agent = new defaults.Agent();
  else if (isAgent(agent)) result.agent = adopt(ours(agent));
  else if (agent !== null && agent !== undefined) return result;
  else if (typeof createConnection === "function") result.createConnection = redirect(createConnection);
  else result.agent = adopt(ours(_defaultAgent ?? defaults.globalAgent));
  return result;
}

/** What Node takes for one (lib/_http_client.js). */
function isAgent(agent: unknown): agent is http.Agent {
  return typeof (agent as Partial<{ addRequest: unknown }> | null | undefined)?.addRequest === "function";
}

function redirect(create: CreateConnection): CreateConnection {
  return function (this: unknown, ...args) {
    return throughSocks(() => Reflect.apply(create, this, args));
  };
}
