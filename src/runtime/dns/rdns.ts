import dns = require("node:dns");
import { likeness } from "../redirect/likeness";
import { lookup, lookupPromise } from "./lookup";
import { PromiseResolver, Resolver } from "./resolver";
import { lookupServices } from "./service";

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

const lookupService = lookupServices((address) => promises.reverse(address));

/** The module `dns/promises`: names resolve at the proxy, or over TCP through it. */
export const RdnsPromises: typeof dns.promises = likeness(dns.promises, {
  ...functionsOf(promises),
  ...servers,
  lookup: lookupPromise,
  lookupService: lookupService.promise,
  Resolver: PromiseResolver,
});

/** The module `dns`: names resolve at the proxy, or over TCP through it. */
export const Rdns: typeof dns = likeness(dns, {
  ...functionsOf(callbacks),
  ...servers,
  lookup,
  lookupService: lookupService.callback,
  Resolver,
  promises: RdnsPromises,
});
