import net = require("node:net");
import { errnoOf } from "../errors/codes";
import type { Endpoint } from "../protocol/address";
import { forgetConnection, noteConnection } from "./connections";
import { internals, type SocketName, type StreamHandle } from "./internals";

/** What an established handle knows about the connection behind the proxy: one flat object for each socket. */
interface Behind {
  /** Bytes of the handshake, which are not the caller's. */
  handshakeRead: number;
  handshakeWritten: number;
  /** DST as it was asked for. */
  host: string;
  port: number;
  /** BND; undefined where the proxy did not tell. */
  boundHost: string | undefined;
  boundPort: number;
  /** Whether it is counted among the open connections. */
  noted: boolean;
}

const kBehind = Symbol("behind the proxy");

type Established = StreamHandle & { [kBehind]: Behind };

export const UV_EISCONN = errnoOf("EISCONN")!;

/**
 * Makes an established handle tell the truth about the far end: `remoteAddress` is the destination, not the
 * proxy, `localAddress` is BND, and the byte counters begin behind the handshake. Node asks the handle for all of
 * these, so nothing of the socket itself has to be replaced.
 *
 * @param handle of the connection to the proxy; the handshake is over
 * @param unread bytes that came with the reply and belong to the caller
 */
export function describeHandle(
  handle: StreamHandle,
  { host, port }: Endpoint,
  bound: Endpoint,
  unread: number,
): void {
  const told = unspecified(bound) ? undefined : bound.host;
  // A handle that closes in a way of its own (streamHandle) would never be taken off the list.
  const noted = told !== undefined && !Object.hasOwn(handle, "close");
  handle[kBehind] = {
    handshakeRead: handle.bytesRead - unread,
    handshakeWritten: handle.bytesWritten,
    host,
    port,
    boundHost: noted ? noteConnection(told, host) : told,
    boundPort: bound.port,
    noted,
  } satisfies Behind;
  Object.setPrototypeOf(handle, establishedPrototype(Object.getPrototypeOf(handle) as object));
}

/** Counts bytes of the caller's that had left with the handshake. */
export function creditWritten(handle: StreamHandle, bytes: number): void {
  (handle as Established)[kBehind].handshakeWritten -= bytes;
}

/** Whether the handle is one that describeHandle has seen. */
export function isEstablished(handle: StreamHandle): boolean {
  return kBehind in handle;
}

/** The destination that a connection of ours was made for; undefined for any other socket. */
export function destinationOf(socket: net.Socket): Endpoint | undefined {
  const handle = internals(socket)._handle;
  if (!handle || !isEstablished(handle)) return undefined;
  const { host, port } = (handle as Established)[kBehind];
  return { host, port };
}

/** One prototype for each kind of handle, so that a socket costs one small object. */
const prototypes = new WeakMap<object, object>();

function establishedPrototype(native: object): object {
  let prototype = prototypes.get(native);
  if (!prototype) {
    prototype = Object.create(native, {
      bytesRead: counter(native, "bytesRead", "handshakeRead"),
      bytesWritten: counter(native, "bytesWritten", "handshakeWritten"),
      getpeername: method(function (this: Established, out: SocketName) {
        const { host, port, boundHost } = this[kBehind];
        Object.assign(out, socketName(peerHost(host, boundHost), port));
        return 0;
      }),
      getsockname: method(function (this: Established, out: SocketName) {
        const { boundHost, boundPort } = this[kBehind];
        if (boundHost === undefined) return (native as StreamHandle).getsockname?.call(this, out) ?? 0;
        Object.assign(out, socketName(boundHost, boundPort));
        return 0;
      }),
      close: method(function (this: Established, callback?: () => void) {
        forget(this[kBehind]);
        return (native as StreamHandle).close.call(this, callback);
      }),
      // What resetAndDestroy calls instead; it closes the handle without asking `close`.
      reset: method(function (this: Established, callback?: () => void) {
        forget(this[kBehind]);
        return (native as Required<StreamHandle>).reset.call(this, callback);
      }),
      // A second connect on a connected socket gets the kernel's answer without asking it.
      connect: method(() => UV_EISCONN),
      connect6: method(() => UV_EISCONN),
    }) as object;
    prototypes.set(native, prototype);
  }
  return prototype;
}

function forget(behind: Behind): void {
  if (behind.noted) forgetConnection(behind.boundHost!, behind.host);
  behind.noted = false;
}

function method(value: (this: Established, ...args: never[]) => number | void): PropertyDescriptor {
  return { value, writable: true, configurable: true };
}

function counter(
  native: object,
  name: "bytesRead" | "bytesWritten",
  offset: "handshakeRead" | "handshakeWritten",
): PropertyDescriptor {
  return {
    configurable: true,
    get(this: Established) {
      return (Reflect.get(native, name, this) as number) - this[kBehind][offset];
    },
  };
}

function socketName(host: string, port: number): SocketName {
  return { address: host, family: net.isIPv6(host) ? "IPv6" : "IPv4", port };
}

/**
 * The virtual peer. A name stays a name, since only the proxy knows its address; "localhost" is loopback by
 * definition (RFC 6761 §6.3), of the family that the proxy used.
 */
function peerHost(host: string, bound: string | undefined): string {
  if (!/^localhost\.?$/i.test(host)) return host;
  return bound !== undefined && net.isIPv6(bound) ? "::1" : "127.0.0.1";
}

/** RFC 1928 leaves BND of a CONNECT to the server's taste; many send zeros. */
function unspecified({ host }: Endpoint): boolean {
  return !net.isIP(host) || host === "0.0.0.0" || host === "::";
}
