import dns from "node:dns";
import { callbackify } from "node:util";
import { likeness } from "../redirect/likeness";
import { lookup, lookupPromise } from "./lookup";
import { PromiseResolver, Resolver } from "./resolver";
import { lookupService } from "./service";

/** The resolvers behind the module's functions; they share one list of servers, as Node's do. */
const callbacks = new Resolver();
const promises = new PromiseResolver();

/** `resolve`, `resolve4` … `reverse`, bound to `resolver`: what a Resolver's prototype has beside its settings. */
function functionsOf(resolver: dns.Resolver | dns.promises.Resolver): object {
  const prototype = Object.getPrototypeOf(Object.getPrototypeOf(resolver)) as object;
  const names = Object.getOwnPropertyNames(prototype).filter((name) => /^(resolve|reverse)/.test(name));
  return Object.fromEntries(
    names.map((name) => [name, (Reflect.get(resolver, name) as () => unknown).bind(resolver)]),
  );
}

const servers = {
  getServers: () => callbacks.getServers(),
  setServers(list: readonly string[]) {
    callbacks.setServers(list);
    promises.setServers(list);
  },
};

const serviceOf = (address: string, port: number) =>
  lookupService(address, port, (address) => promises.reverse(address));

/** The module `dns/promises`: names resolve at the proxy, or over TCP through it. */
export const RdnsPromises: typeof dns.promises = likeness(dns.promises, {
  ...functionsOf(promises),
  ...servers,
  lookup: lookupPromise,
  lookupService: serviceOf,
  Resolver: PromiseResolver,
});

/** The module `dns`: names resolve at the proxy, or over TCP through it. */
export const Rdns: typeof dns = likeness(dns, {
  ...functionsOf(callbacks),
  ...servers,
  lookup,
  lookupService: serviceCallback,
  Resolver,
  promises: RdnsPromises,
});

type ServiceCallback = (error: Error | null, hostname?: string, service?: string) => void;

function serviceCallback(address: string, port: number, callback: ServiceCallback): void {
  // Node checks address, port and callback.
  if (typeof callback !== "function") return void dns.lookupService(address, port, callback as never);
  callbackify(serviceOf)(address, port, (error, found) => callback(error, found?.hostname, found?.service));
}
