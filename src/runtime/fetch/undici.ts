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
 * The Agent class of the undici inside Node. It has no public name, but when it is loaded, by the first `fetch`, it
 * leaves an instance on globalThis under a registered symbol (lib/global.js of undici), unless there is one: each
 * undici of the process looks there. So what the npm package or the program has put there steps aside meanwhile.
 *
 * @throws Error when a foreign dispatcher without such a class has taken that place
 */
export function nativeAgentClass(): AgentClass {
  const given = SLOTS.map((slot) => slots[slot]);
  const left = loadAgain(given);
  for (const dispatcher of [...left, ...given]) {
    const found = agentClassOf(dispatcher);
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

/** @returns what undici leaves when it is loaded now; nothing where it had been loaded before. */
function loadAgain(given: (object | undefined)[]): (object | undefined)[] {
  SLOTS.forEach((slot, i) => given[i] && (slots[slot] = undefined));
  try {
    // A data: URL needs no connection.
    nativeFetch("data:,").catch(() => {});
    return SLOTS.map((slot) => slots[slot]);
  } catch {
    // Without any dispatcher, undici's fetch refuses to begin.
    return [];
  } finally {
    SLOTS.forEach((slot, i) => given[i] && (slots[slot] = given[i]));
  }
}

/** By generation of the interface: the second came with undici 7. */
const SLOTS = [Symbol.for("undici.globalDispatcher.2"), Symbol.for("undici.globalDispatcher.1")];
const slots = globalThis as unknown as Record<symbol, object | undefined>;

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
