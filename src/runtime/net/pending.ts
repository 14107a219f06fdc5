import net = require("node:net");
import { internals, type ConnectRequest, type StreamHandle } from "./internals";

/** What a socket's handle is asked to do while the connection behind the proxy is being made. */
export interface Pending {
  /** `connect` of the handle. @returns 0, or the libuv error to fail with */
  connect(request: ConnectRequest): number;
  /** `bind` of the handle, for the options localAddress and localPort. */
  bind(address: string, port: number | undefined): void;
  /** The socket was destroyed. */
  closed(): void;
  /** The socket was ref'd or unref'd. */
  referenced(yes: boolean): void;
}

const kPending = Symbol("pending");

type PendingHandle = StreamHandle & { [kPending]: Pending };

/**
 * Makes `handle` a stand-in: Node's own connect runs on it from validation to the last call, which is
 * `handle.connect(request, …)`, and there `pending` takes over. So the socket is honestly connecting, for as
 * long as the SOCKS handshake takes on another handle, and `request.oncomplete` finishes what Node began.
 */
export function standIn(handle: StreamHandle, pending: Pending): void {
  handle[kPending] = pending;
  Object.setPrototypeOf(handle, pendingPrototype(Object.getPrototypeOf(handle) as object));
}

/** Makes a stand-in an ordinary handle again. */
export function stopStandingIn(handle: StreamHandle): void {
  // Not deleted, which would turn the handle into a dictionary, and cost each socket a kilobyte.
  (handle as Partial<PendingHandle>)[kPending] = undefined as never;
  Object.setPrototypeOf(handle, Object.getPrototypeOf(Object.getPrototypeOf(handle)) as object);
}

/** Makes a stand-in an ordinary handle again, and lets it do what Node asked of it. */
export function connectDirectly(handle: StreamHandle, request: ConnectRequest): number {
  stopStandingIn(handle);
  const connect = net.isIPv6(request.address!) ? handle.connect6 : handle.connect;
  return connect.call(handle, request, request.address!, request.port!);
}

/** The `pending` of a handle that is a stand-in. */
export function pendingOf(handle: StreamHandle): Pending | undefined {
  return (handle as Partial<PendingHandle>)[kPending];
}

/** Whether the handshake with the proxy is still going on under `socket`. */
export function isPending(socket: net.Socket): boolean {
  const handle = internals(socket)._handle;
  return handle !== null && pendingOf(handle) !== undefined;
}

/** One prototype for each kind of handle. */
const prototypes = new WeakMap<object, object>();

function pendingPrototype(native: object): object {
  let prototype = prototypes.get(native);
  if (!prototype) {
    const own = native as StreamHandle;
    const connect = function (this: PendingHandle, request: ConnectRequest) {
      return this[kPending].connect(request);
    };
    // The bind itself is harmless, and tells at once if the address is taken or not ours.
    const bind = function (this: PendingHandle, address: string, port: number) {
      this[kPending].bind(address, port);
      return own.bind.call(this, address, port);
    };
    const bind6 = function (this: PendingHandle, address: string, port: number, flags?: number) {
      this[kPending].bind(address, port);
      return own.bind6.call(this, address, port, flags);
    };
    const methods = {
      connect,
      connect6: connect,
      bind,
      bind6,
      close(this: PendingHandle, callback?: () => void) {
        this[kPending].closed();
        return own.close.call(this, callback);
      },
      ref(this: PendingHandle) {
        this[kPending].referenced(true);
        return own.ref.call(this);
      },
      unref(this: PendingHandle) {
        this[kPending].referenced(false);
        return own.unref.call(this);
      },
    };
    const nothing = { get: () => 0, configurable: true };
    prototype = Object.create(native, {
      ...Object.fromEntries(
        Object.entries(methods).map(([name, value]) => [name, { value, writable: true, configurable: true }]),
      ),
      // Bytes of the handshake are not the caller's.
      bytesRead: nothing,
      bytesWritten: nothing,
    }) as object;
    prototypes.set(native, prototype);
  }
  return prototype;
}
