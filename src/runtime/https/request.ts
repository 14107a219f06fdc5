import https = require("node:https");
import { mapOptions } from "../http/arguments";
import { globalAgents } from "../http/globals";
import { socksified, type Defaults, type Options } from "../http/options";
import { Agent } from "./agent";

const defaults: Defaults = {
  Agent,
  get globalAgent() {
    return globalAgents.https;
  },
};

const redirect = (args: unknown[]) => mapOptions(args, (options: Options) => socksified(options, defaults));

/** `https.request` through SOCKS, whatever `agent` or `createConnection` the options name. */
export const request = function request(...args: unknown[]) {
  return Reflect.apply(https.request, https, redirect(args));
} as typeof https.request;

/** `https.get` through SOCKS, whatever `agent` or `createConnection` the options name. */
export const get = function get(...args: unknown[]) {
  return Reflect.apply(https.get, https, redirect(args));
} as typeof https.get;
