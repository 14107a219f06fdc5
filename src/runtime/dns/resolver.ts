import dns = require("node:dns");
import { Channel } from "./channel";
import { TYPES, type RecordType } from "./message";

interface Options {
  timeout?: number;
  tries?: number;
}

/** `queryA`, `queryAaaa` …: the channel's methods as Node calls them (lib/internal/dns/utils.js). */
const METHODS = Object.keys(TYPES).map((type) => [
  `query${type[0]}${type.slice(1).toLowerCase()}`,
  type as RecordType,
]);

for (const [method, type] of METHODS as [string, RecordType][]) {
  Object.defineProperty(Channel.prototype, method, {
    value(this: Channel, request: never, name: string) {
      return this.query(type, request, name);
    },
  });
}

/** Gives a resolver of Node's a channel through SOCKS. */
function replaceChannel(resolver: object, { timeout, tries }: Options = {}): void {
  const channel = new Channel(timeout, tries);
  Object.defineProperty(resolver, "_handle", {
    value: channel,
    writable: true,
    configurable: true,
    enumerable: true,
  });
}

/** `dns.Resolver` that asks over TCP through SOCKS. Its servers are those of setServers or SOCKSinit's `resolver`. */
export class Resolver extends dns.Resolver {
  constructor(options?: dns.ResolverOptions) {
    super(options);
    replaceChannel(this, options);
  }
}

/** `dns.promises.Resolver`, in the same way. */
export class PromiseResolver extends dns.promises.Resolver {
  constructor(options?: dns.ResolverOptions) {
    super(options);
    replaceChannel(this, options);
  }
}
Object.defineProperty(PromiseResolver, "name", { value: "Resolver", configurable: true });
