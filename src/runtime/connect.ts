import diagnostics from "node:diagnostics_channel";
import net = require("node:net");
import { Descriptor, type Address } from "./berkeley/descriptor";
import { descriptors } from "./berkeley/socks";
import { connectSocket } from "./net/connect";
import { nativeConnect, normalizeArguments } from "./net/internals";
import { methodOf } from "./net/methodOf";
import { connect as prototypeConnect, Socket } from "./net/socket";

/** Options of a connect beside Node's. */
export interface ConnectExtras {
  /** For this connection, instead of what SOCKSinit said; see SocksOptions. */
  earlyData?: boolean;
}

/** The forms of {@link Rconnect}. */
export interface Rconnect {
  /** `net.connect(options)`: a new socket. */
  (options: net.NetConnectOpts & ConnectExtras, connectionListener?: () => void): net.Socket;
  /** `net.connect(port, host)`. */
  (port: number, host?: string, connectionListener?: () => void): net.Socket;
  /** `net.connect(path)`: a Unix socket, direct by nature. */
  (path: string, connectionListener?: () => void): net.Socket;
  /** `socket.connect(…)`: the same socket, or as much of one as its type has: `Partial<net.Socket>`. */
  <S extends { connect?: net.Socket["connect"] }>(
    socket: S,
    options: net.SocketConnectOpts & ConnectExtras,
    connectionListener?: () => void,
  ): S;
  <S extends { connect?: net.Socket["connect"] }>(
    socket: S,
    port: number,
    host: string,
    connectionListener?: () => void,
  ): S;
  <S extends { connect?: net.Socket["connect"] }>(
    socket: S,
    port: number,
    connectionListener?: () => void,
  ): S;
  <S extends { connect?: net.Socket["connect"] }>(
    socket: S,
    path: string,
    connectionListener?: () => void,
  ): S;
  /** `socket.connect(…)` of a subclass with arguments of its own. */
  <S extends { connect(...args: never[]): unknown }>(
    socket: S,
    ...args: Parameters<S["connect"]>
  ): ReturnType<S["connect"]>;
  /** `connect(s, address)` of the Berkeley face. */
  (s: Descriptor, address: Address): Promise<void>;
  /** `super.connect(…)`, `net.Socket.prototype.connect.call(…)`: on that socket, whatever a subclass overrides. */
  call<S extends net.Socket>(socket: S, ...args: unknown[]): S;
  apply<S extends net.Socket>(socket: S, args: ArrayLike<unknown>): S;
  bind<S extends net.Socket>(socket: S, ...args: unknown[]): (...args: unknown[]) => S;
  /** `net.connect.call(net, …)`: a receiver that is no socket means nothing. */
  call(receiver: unknown, ...args: unknown[]): net.Socket;
  apply(receiver: unknown, args: ArrayLike<unknown>): net.Socket;
  bind(receiver: unknown): Rconnect;
  bind(receiver: unknown, ...args: unknown[]): (...args: unknown[]) => net.Socket;
  /** `socket.connect` as a value, `socket?.connect`: undefined without a socket, otherwise its connect as it is now. */
  of<S extends { connect?: net.Socket["connect"] }>(socket: S): S["connect"];
  of<S extends { connect?: net.Socket["connect"] }>(socket: S | null | undefined): S["connect"] | undefined;
}

const clientSockets = diagnostics.channel("net.client.socket");

function rconnect(this: unknown, ...args: unknown[]): unknown {
  if (this instanceof net.Socket) return connectSocket(this, args);
  const [first, ...others] = args;
  if (first instanceof Descriptor) return descriptors.connect(first, others[0] as Address);
  if (first instanceof net.Socket) return connectVirtually(first, others);
  if (args.length > 0 && first == null)
    throw new TypeError(`Cannot read properties of ${String(first)} (reading 'connect')`);
  return create(args);
}

/** `net.connect`: lib/net.js, `function connect(...args)`, with a socket of ours. */
function create(args: readonly unknown[]): net.Socket {
  const normalized = normalizeArguments(args);
  const options = normalized[0] as net.NetConnectOpts & net.SocketConstructorOpts;
  const socket = new Socket(options);
  if (clientSockets.hasSubscribers) clientSockets.publish({ socket });
  if (options.timeout) socket.setTimeout(options.timeout);
  // Through the property, since programs that watch connects replace it, as they do Node's.
  return Reflect.apply(socket.connect as (...args: unknown[]) => net.Socket, socket, [normalized]);
}

/** `socket.connect(…)`: a subclass that overrides connect is asked first, as it would be without us. */
function connectVirtually(socket: net.Socket, args: readonly unknown[]): unknown {
  const own = socket.connect as (...args: unknown[]) => unknown;
  return isPlain(own) ? connectSocket(socket, args) : Reflect.apply(own, socket, args);
}

function isPlain(own: unknown): boolean {
  return own === nativeConnect || own === prototypeConnect || own === net.Socket.prototype.connect;
}

function of(socket: net.Socket | null | undefined): unknown {
  if (socket == null) return undefined;
  const own = socket.connect as unknown;
  return methodOf(socket, own, isPlain(own) ? rconnect : own);
}

/**
 * connect() of libsocks: what rewritten code calls instead of `net.connect(…)`, `net.createConnection(…)` and
 * `socket.connect(…)`.
 *
 * The connection goes through the configured SOCKS proxy; names resolve there; Unix sockets are direct. The
 * result is a true net.Socket: after the handshake nothing of ours is between it and the kernel.
 *
 * @returns the socket, connecting; with a socket as first argument (or as `this`), that same socket
 * @throws TypeError without a receiver, and what Node throws for options that it does not accept
 * @remarks 'error' carries a SocksError, with the `code` Node would give: ECONNREFUSED, EHOSTUNREACH,
 *   ENETUNREACH, ETIMEDOUT, EACCES …; ESOCKSNOCONF without a proxy, ESOCKSBADCONF with a bad configuration,
 *   ESOCKSAUTH for a refused password. It never connects directly instead.
 */
export const Rconnect: Rconnect = Object.assign(rconnect, { of }) as never;
