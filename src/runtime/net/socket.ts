import net = require("node:net");
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
  if (new.target !== undefined && new.target !== constructor)
    return Reflect.construct(net.Socket, [options], new.target) as net.Socket;
  if (new.target === undefined && this instanceof net.Socket)
    return void Reflect.apply(net.Socket as unknown as () => void, this, [options]);
  return new Instance(extensible(options));
};

/** V8 11, of Node 20, gives every copy by a spread that is added to a hidden class of its own; later ones don't. */
const slowWithCopies = Number.parseInt(process.versions.v8) < 12;

/**
 * The same options, to which net.Socket can add its own for little: it copies them by a spread, and all that is done with a
 * copy of a hidden class of its own is slow (16 µs a socket, more than all else that happens here). What is named here,
 * Node sets anyway; nothing is added any more.
 */
function extensible(options: net.SocketConstructorOpts | undefined): net.SocketConstructorOpts | undefined {
  if (!slowWithCopies || typeof options !== "object" || options === null) return options;
  // Some that are inherited Node refuses.
  const prototype: unknown = Object.getPrototypeOf(options);
  if (prototype !== Object.prototype && prototype !== null) return options;
  return {
    allowHalfOpen: false,
    emitClose: false,
    autoDestroy: true,
    decodeStrings: false,
    ...options,
  } as net.SocketConstructorOpts;
}

/**
 * What makes the instances. V8 shares hidden classes among objects of a class that extends another; given a plain
 * function as new.target it would make some thirty anew for each socket, 4 KB and a good part of the time.
 */
class Instance extends net.Socket {}

/** `connect` of every socket made by {@link Socket}. */
export function connect(this: net.Socket, ...args: unknown[]): net.Socket {
  return connectSocket(this, args);
}

Object.defineProperties(Instance.prototype, {
  constructor: { value: constructor, writable: true, configurable: true },
  connect: { value: connect, writable: true, configurable: true, enumerable: true },
});

Object.defineProperties(constructor, {
  prototype: { value: Instance.prototype },
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
