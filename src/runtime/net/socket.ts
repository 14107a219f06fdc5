import net from "node:net";
import { connectSocket } from "./connect";

type SocketClass = typeof net.Socket;

/**
 * `net.Socket` whose `connect` goes through SOCKS. Its instances are net.Sockets and nothing else; only the
 * prototype between differs, so that also a library that was never compiled, and is handed such a socket, dials
 * through the proxy.
 *
 * A plain function, because a class could neither be called without `new`, as net.Socket can, nor serve
 * `Rnet.Socket.call(this)` with util.inherits.
 */
const constructor = function Socket(this: unknown, options?: net.SocketConstructorOpts): net.Socket | void {
  if (new.target) return Reflect.construct(net.Socket, [options], new.target) as net.Socket;
  if (this instanceof net.Socket) Reflect.apply(net.Socket as unknown as () => void, this, [options]);
  else return Reflect.construct(net.Socket, [options], constructor) as net.Socket;
};

/** `connect` of every socket made by {@link Socket}. */
export function connect(this: net.Socket, ...args: unknown[]): net.Socket {
  return connectSocket(this, args);
}

const prototype = Object.create(net.Socket.prototype, {
  constructor: { value: constructor, writable: true, configurable: true },
  connect: { value: connect, writable: true, configurable: true, enumerable: true },
}) as net.Socket;

Object.defineProperties(constructor, {
  prototype: { value: prototype },
  // Every net.Socket is an instance, as code expects that asks `x instanceof net.Socket`; subclasses ask as ever.
  [Symbol.hasInstance]: {
    value(this: unknown, candidate: unknown) {
      return this === constructor
        ? candidate instanceof net.Socket
        : Function.prototype[Symbol.hasInstance].call(this, candidate);
    },
  },
});
Object.setPrototypeOf(constructor, net.Socket);

/** `Rnet.Socket`. */
export const Socket = constructor as unknown as SocketClass;
