import net = require("node:net");
import { Descriptor } from "../berkeley/descriptor";
import { descriptors } from "../berkeley/socks";
import { BoundHandle } from "../bind/boundHandle";
import { placeFor } from "../bind/peer";
import { settings } from "../config/init";
import { normalizeArguments } from "./internals";
import { methodOf } from "./methodOf";

/** The forms of {@link Rlisten}. */
export interface Rlisten {
  /** `server.listen(…)`. */
  <S extends net.Server>(
    server: S,
    port?: number,
    hostname?: string,
    backlog?: number,
    listener?: () => void,
  ): S;
  <S extends net.Server>(server: S, port?: number, hostname?: string, listener?: () => void): S;
  <S extends net.Server>(server: S, port?: number, backlog?: number, listener?: () => void): S;
  <S extends net.Server>(server: S, port?: number, listener?: () => void): S;
  <S extends net.Server>(server: S, path: string, backlog?: number, listener?: () => void): S;
  <S extends net.Server>(server: S, path: string, listener?: () => void): S;
  <S extends net.Server>(server: S, options: net.ListenOptions, listener?: () => void): S;
  <S extends net.Server>(server: S, handle: unknown, backlog?: number, listener?: () => void): S;
  <S extends net.Server>(server: S, handle: unknown, listener?: () => void): S;
  /** `listen(s, backlog)` of the Berkeley face. */
  (s: Descriptor, backlog?: number): Promise<void>;
  /** `super.listen(…)`: on that server, whatever a subclass overrides. */
  call<S extends net.Server>(server: S, ...args: unknown[]): S;
  apply<S extends net.Server>(server: S, args: ArrayLike<unknown>): S;
  bind<S extends net.Server>(server: S, ...args: unknown[]): (...args: unknown[]) => S;
  bind(receiver: null | undefined): Rlisten;
  /** `server.listen` as a value, `server?.listen`. */
  of<S extends net.Server>(server: S): S["listen"];
  of<S extends net.Server>(server: S | null | undefined): S["listen"] | undefined;
}

type Listen = (...args: unknown[]) => net.Server;

const nativeListen = net.Server.prototype.listen as Listen;

function rlisten(this: unknown, ...args: unknown[]): unknown {
  if (this instanceof net.Server) return listen(this, args);
  const [server, ...others] = args as [net.Server | Descriptor, ...unknown[]];
  if (server instanceof Descriptor) return descriptors.listen(server, others[0] as number | undefined);
  return listenVirtually(server, others);
}

/** `server.listen(…)`: a subclass that overrides listen is asked first, as it would be without us. */
function listenVirtually(server: net.Server, args: readonly unknown[]): net.Server {
  const own = server.listen as Listen;
  return isPlain(server, own) ? listen(server, args) : Reflect.apply(own, server, args);
}

function isPlain(server: net.Server, own: unknown): boolean {
  return own === nativeListen && server instanceof net.Server;
}

function listen(server: net.Server, args: readonly unknown[]): net.Server {
  const [options, callback] = normalizeArguments(args) as unknown as [
    net.ListenOptions & Handled,
    () => void,
  ];
  // What Node would refuse, or what is no TCP port to be had: Unix sockets, descriptors, handles.
  const { port = 0, host } = options;
  const isPort =
    options.path === undefined && !hasHandle(options) && isInPortRange(Number(port)) && !server.listening;
  if (!isPort) return Reflect.apply(nativeListen, server, args) as net.Server;

  const place = placeFor(server, settings().bind, host, Number(port));
  if (place.at === "here") return Reflect.apply(nativeListen, server, args) as net.Server;
  if (callback) server.once("listening", callback);
  if (place.at === "nowhere") process.nextTick(() => server.emit("error", place.error));
  else {
    const handle = new BoundHandle(server, { host: place.peer, port: Number(port) }, options.backlog ?? 0);
    (server as unknown as { _handle: object })._handle = handle;
    if (options.signal) closeOn(options.signal, server);
  }
  return server;
}

function isInPortRange(port: number): boolean {
  return Number.isInteger(port) && port >= 0 && port <= 0xffff;
}

/** The option `signal`: "passing an aborted signal is the same as calling close()" (Node's net). */
function closeOn(signal: AbortSignal, server: net.Server): void {
  const close = (): void => void server.close();
  if (signal.aborted) return process.nextTick(close);
  signal.addEventListener("abort", close, { once: true });
  server.once("close", () => signal.removeEventListener("abort", close));
}

interface Handled {
  fd?: number;
  _handle?: unknown;
  handle?: unknown;
}

/** `listen({ fd })`, `listen(handle)`, and another server's handle. */
function hasHandle(options: Handled): boolean {
  return (
    options.fd !== undefined ||
    options._handle !== undefined ||
    options.handle !== undefined ||
    Object.getPrototypeOf(options) !== Object.prototype
  );
}

function of(server: net.Server | null | undefined): unknown {
  if (server == null) return undefined;
  const own = server.listen as unknown;
  return methodOf(server, own, isPlain(server, own) ? rlisten : own);
}

/**
 * listen() of libsocks: what rewritten code calls instead of `server.listen(…)`. An ordinary server listens on this
 * machine; one that a peer behind the proxy is to reach listens there, with BIND (see placeFor, and the option
 * `bind` of SOCKSinit). Unix sockets and handles are never anybody else's.
 *
 * @returns the server; 'listening' follows, or 'error' with Node's code or a SocksError
 * @throws what Node throws for options that it does not accept; ESOCKSBADCONF
 */
export const Rlisten: Rlisten = Object.assign(rlisten, { of }) as never;
