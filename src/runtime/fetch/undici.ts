/** What is used of undici's Agent, the same in the undici inside Node 20 (6.x) to 26 (8.x) and in the npm package. */
export interface Dispatcher {
  close(): Promise<void>;
  destroy(): Promise<void>;
}

export interface AgentOptions {
  connect: Connector;
}

export type AgentClass = new (options: AgentOptions) => Dispatcher;

/** Where undici wants a connection to (its documented `connect` option). */
export interface Target {
  hostname: string;
  /** Name and port as in the URL. */
  host: string;
  protocol: string;
  /** Empty for the protocol's own port. */
  port: string;
  servername?: string | null;
  localAddress?: string | null;
  /** undici ≥ 8: false when this request needs HTTP/1.1 (a WebSocket, an upgrade). */
  allowH2?: boolean;
}

export type Connector = (
  target: Target,
  callback: (...result: [error: null, socket: import("node:net").Socket] | [error: Error]) => void,
) => void;

const nativeFetch = globalThis.fetch;

/**
 * The Agent class of the undici inside Node. It has no public name, but the first `fetch` leaves an instance on
 * globalThis under a registered symbol (lib/global.js of undici), where each undici of the process looks for it.
 *
 * @throws Error when a foreign dispatcher without such a class has taken that place
 */
export function nativeAgentClass(): AgentClass {
  // Loads undici; a data: URL needs no connection.
  nativeFetch("data:,").catch(() => {});
  const slots = globalThis as unknown as Record<symbol, object | undefined>;
  for (const generation of [2, 1]) {
    const found = agentClassOf(slots[Symbol.for(`undici.globalDispatcher.${generation}`)]);
    if (found) return found;
  }
  throw Object.assign(
    new Error(
      "fetch cannot be SOCKSified: the global dispatcher of this process is not an undici Agent " +
        "(setGlobalDispatcher was called before the first Rfetch)",
    ),
    { code: "ERR_SOCKS_UNDICI" },
  );
}

/** Of an Agent, of a subclass, or of a dispatcher that holds one (undici's EnvHttpProxyAgent). */
function agentClassOf(dispatcher: object | undefined, depth = 1): AgentClass | undefined {
  for (let link = dispatcher; link; link = Object.getPrototypeOf(link) as object | undefined) {
    if (link.constructor?.name === "Agent") return link.constructor as AgentClass;
  }
  if (!dispatcher || depth === 0) return undefined;
  return Object.getOwnPropertySymbols(dispatcher)
    .map((key) => (dispatcher as Record<symbol, unknown>)[key])
    .map((value) => (typeof value === "object" && value ? agentClassOf(value, depth - 1) : undefined))
    .find((found) => found !== undefined);
}
