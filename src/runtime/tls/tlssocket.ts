import tls = require("node:tls");
import { overPending } from "./beneath";

/**
 * `tls.TLSSocket` that may be put over a socket which is still connecting through SOCKS: a view of Node's class, with
 * the same prototype, so that `instanceof` and subclasses are those of Node.
 */
export const TLSSocket = new Proxy(tls.TLSSocket, {
  construct(target, args: unknown[], newTarget) {
    return overPending(args[0], () => Reflect.construct(target, args, newTarget) as tls.TLSSocket);
  },
  // Node's class can be called without `new`.
  apply(target, self, args: unknown[]) {
    const native = target as unknown as (...args: unknown[]) => tls.TLSSocket;
    return overPending(args[0], () => Reflect.apply(native, self, args));
  },
});
export type TLSSocket = tls.TLSSocket;
