import net = require("node:net");
import { Descriptor } from "../berkeley/descriptor";
import { descriptors } from "../berkeley/socks";
import { methodOf } from "./methodOf";

type Address<T> = T extends { address(): infer A } ? A : never;

interface Named {
  address(): unknown;
}

/** The forms of {@link Rgetsockname}. */
export interface Rgetsockname {
  /** `server.address()`, `socket.address()`. */
  <T extends Named>(named: T): Address<T>;
  /** `getsockname(s)` of the Berkeley face. */
  (s: Descriptor): net.AddressInfo;
  /** `super.address()`: of that server or socket, whatever a subclass overrides. */
  call<T extends Named>(named: T): Address<T>;
  apply<T extends Named>(named: T, args?: readonly []): Address<T>;
  bind<T extends Named>(named: T): () => Address<T>;
  bind(receiver: null | undefined): Rgetsockname;
  /** `server.address` as a value, `server?.address`. */
  of<T extends Named>(named: T): () => Address<T>;
  of<T extends Named>(named: T | null | undefined): (() => Address<T>) | undefined;
}

function rgetsockname(this: unknown, named: Named): unknown {
  if (this instanceof net.Server) return net.Server.prototype.address.call(this);
  if (this instanceof net.Socket) return net.Socket.prototype.address.call(this);
  if (named instanceof Descriptor) return descriptors.getsockname(named);
  return named.address();
}

function of(named: Named | null | undefined): unknown {
  return named == null ? undefined : methodOf(named, named.address as unknown);
}

/**
 * getsockname() of libsocks: what rewritten code calls instead of `server.address()` and `socket.address()`.
 * For a connected socket it is BND, the proxy's address towards the destination, where the proxy tells it.
 *
 * @returns as Node: `{ address, family, port }`, a path, null before 'listening'
 */
export const Rgetsockname: Rgetsockname = Object.assign(rgetsockname, { of }) as never;
