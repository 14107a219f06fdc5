import type http = require("node:http");

/** `createConnection`, a documented method of http.Agent that @types/node leaves out. */
export interface Connecting {
  createConnection(this: http.Agent, ...args: unknown[]): unknown;
}

type AgentClass = typeof http.Agent;

const diallers = new WeakSet<object>();

/** Whether a method of an agent is one of ours, so that there is nothing to redirect. */
export function dialsThroughSocks(method: object): boolean {
  return diallers.has(method);
}

export function markDialler<Method extends object>(method: Method): Method {
  diallers.add(method);
  return method;
}

/** A subclass of Node's `base` agent that differs in `createConnection` alone. */
export function agentClass<Base extends AgentClass>(
  base: Base,
  createConnection: Connecting["createConnection"],
): Base {
  // A function, not a class: `Agent.call(this, options)` with util.inherits and `Agent()` without `new` are
  // how older libraries use it, and Node's own allows both.
  function Agent(this: http.Agent | undefined, ...args: unknown[]): http.Agent | void {
    if (new.target) return Reflect.construct(base, args, new.target);
    if (!(this && descends(this, Agent.prototype))) return Reflect.construct(base, args, Agent);
    Reflect.apply(base, this, args);
  }
  Object.setPrototypeOf(Agent, base);
  Agent.prototype = Object.create(base.prototype, {
    constructor: { value: Agent, writable: true, configurable: true },
    createConnection: {
      value: markDialler(createConnection),
      writable: true,
      configurable: true,
      enumerable: true,
    },
  });
  Object.defineProperties(Agent, {
    [Symbol.hasInstance]: {
      value(this: unknown, value: unknown) {
        return Function.prototype[Symbol.hasInstance].call(this === Agent ? base : (this as object), value);
      },
    },
    // Node reads the limit of its own class.
    defaultMaxSockets: {
      get: () => (base as unknown as Limits).defaultMaxSockets,
      set: (limit: number) => void ((base as unknown as Limits).defaultMaxSockets = limit),
      enumerable: true,
    },
  });
  return Agent as unknown as Base;
}

function descends(value: object, prototype: object): boolean {
  for (let link: object | null = value; link !== null; link = Object.getPrototypeOf(link)) {
    if (link === prototype) return true;
  }
  return false;
}

interface Limits {
  defaultMaxSockets: number;
}
