import http = require("node:http");
import { Agent } from "./agent";
import { mapOptions } from "./arguments";
import { globalAgents } from "./globals";
import { socksified, type Defaults, type Options } from "./options";

const defaults: Defaults = {
  Agent,
  get globalAgent() {
    return globalAgents.http;
  },
};

const redirect = (args: unknown[]) => mapOptions(args, (options: Options) => socksified(options, defaults));

/** `http.request` through SOCKS, whatever `agent` or `createConnection` the options name. */
export const request = function request(...args: unknown[]) {
  return Reflect.apply(http.request, http, redirect(args));
} as typeof http.request;

/** `http.get` through SOCKS, whatever `agent` or `createConnection` the options name. */
export const get = function get(...args: unknown[]) {
  return Reflect.apply(http.get, http, redirect(args));
} as typeof http.get;

/**
 * `http.ClientRequest` through SOCKS: a view of Node's class, with the same prototype, so that `instanceof`,
 * subclasses and `ClientRequest.call(this, …)` are those of Node.
 */
export const ClientRequest = new Proxy(http.ClientRequest, {
  construct(target, args, newTarget) {
    return Reflect.construct(target, redirect(args), newTarget) as http.ClientRequest;
  },
  apply(target, self, args) {
    return Reflect.apply(target as unknown as (...args: unknown[]) => unknown, self, redirect(args));
  },
});
export type ClientRequest = http.ClientRequest;
