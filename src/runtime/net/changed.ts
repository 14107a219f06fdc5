import type { ConnectOptions } from "./internals";

/** The same options, also those that are inherited, with some changed. */
export function changed(options: ConnectOptions, changes: ConnectOptions): ConnectOptions {
  const prototype: unknown = Object.getPrototypeOf(options);
  // Copied behind the property: the V8 of Node 20 is slow with everything that is done with a copy that was added to.
  if (prototype === Object.prototype || prototype === null)
    return Object.assign({ lookup: undefined, ...options }, changes);
  return new Proxy<ConnectOptions>(changes, {
    get: (own, key) =>
      Object.hasOwn(own, key) ? Reflect.get(own, key) : (Reflect.get(options, key) as unknown),
  });
}
