import dns from "node:dns";
import http from "node:http";
import http2 = require("node:http2");
import https from "node:https";
import net from "node:net";
import tls from "node:tls";
import { Rconnect } from "./connect";
import { Rdns } from "./dns/rdns";
import { adopt } from "./http/adopt";
import { REventSource } from "./fetch/eventsource";
import { Rfetch } from "./fetch/fetch";
import { RWebSocket } from "./fetch/websocket";
import { Rhttp } from "./http/rhttp";
import { Rhttp2 } from "./http2/rhttp2";
import { Rhttps } from "./https/rhttps";
import { Rgetsockname } from "./net/getsockname";
import { Rlisten } from "./net/listen";
import { Rnet } from "./net/rnet";
import { Rtls } from "./tls/rtls";

/** Node's modules, and what stands for them. */
const modules = new Map<unknown, object>([
  [net, Rnet],
  [tls, Rtls],
  [http, Rhttp],
  [https, Rhttps],
  [http2, Rhttp2],
  [dns, Rdns],
]);

type Forms = Readonly<Record<string, { of(receiver: object): unknown }>>;

const ofSocket = { connect: Rconnect, address: Rgetsockname } as unknown as Forms;
const ofServer = { listen: Rlisten, address: Rgetsockname } as unknown as Forms;

/** The global object, with the forms of what opens connections. */
const globals = new Proxy(globalThis, {
  get: (target, key) => (Object.hasOwn(forms, key) ? forms[key] : (Reflect.get(target, key) as unknown)),
});

const forms: Readonly<Record<PropertyKey, unknown>> = {
  fetch: Rfetch,
  WebSocket: RWebSocket,
  EventSource: REventSource,
};

/**
 * Asks at run time what types could not tell: rewritten code says `Rdispatch(thing).connect(80)` where `thing` is of
 * the type `any` or `unknown`, or a module that somebody handed over.
 *
 * @returns for a net.Socket or a net.Server, a view of it whose `connect`, `listen` and `address` are {@link Rconnect},
 *   {@link Rlisten} and {@link Rgetsockname}; for a module of Node, the R-module; for the global object, a view of it with
 *   {@link Rfetch} and its like; for an agent, the agent, which dials
 *   through SOCKS from now on; anything else as it is, null and undefined too
 */
export function Rdispatch<T>(value: T): T {
  if (value instanceof net.Socket) return view(value, ofSocket);
  if (value instanceof net.Server) return view(value, ofServer);
  if (value instanceof http.Agent) return adopt(value);
  if (value === globalThis) return globals as T;
  const known = modules.get(value) ?? modules.get(defaultOf(value));
  return (known as T | undefined) ?? value;
}

/** The module itself, of what `import * as net` and `import()` give. */
function defaultOf(value: unknown): unknown {
  return typeof value === "object" && value !== null && Symbol.toStringTag in value
    ? (value as { readonly default?: unknown }).default
    : undefined;
}

/** The same object to everybody, but for the forms. */
function view<T extends object>(target: T, forms: Forms): T {
  const proxy: T = new Proxy(target, {
    get(_, key) {
      const form = typeof key === "string" && Object.hasOwn(forms, key) ? forms[key] : undefined;
      const value: unknown = form ? form.of(target) : Reflect.get(target, key, target);
      if (typeof value !== "function") return value;
      if (!form) return value.bind(target) as unknown;
      return function (this: unknown, ...args: unknown[]): unknown {
        // `view.connect.call(another, 80)`
        return Reflect.apply(value, this === proxy ? undefined : this, args);
      };
    },
    set: (_, key, value) => Reflect.set(target, key, value, target),
  });
  return proxy;
}
