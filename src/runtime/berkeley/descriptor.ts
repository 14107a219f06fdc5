import { once } from "node:events";
import net = require("node:net");
import { arrival, arrivalsOf } from "../bind/arrivals";
import { failure } from "./failure";

/** struct sockaddr_in of C, as Node writes it; `host` may be a name, which the proxy resolves. */
export type Address = { port: number } & ({ address: string } | { host: string });

interface Place {
  host: string;
  port: number;
}

const placeOf = (address: Address): Place => ({
  host: "host" in address ? address.host : address.address,
  port: address.port,
});

/** How a descriptor reaches others: directly, or through SOCKS. */
export interface Transport {
  connect(socket: net.Socket, place: Place): void;
  /** @param peer whom a BIND is for, where bind() was told */
  listen(server: net.Server, place: Place, backlog: number, peer: string | undefined): void;
}

/** Where a descriptor stands; the calls that are allowed follow from it. */
export type State = "new" | "bound" | "connecting" | "connected" | "failed" | "listening" | "closed";

/**
 * What `socket()` returns: an open socket that is not connected. The calls are functions of their own (connect,
 * bind, listen …), as in C.
 */
export class Descriptor {
  state: State = "new";
  /** O_NONBLOCK is set. */
  nonblocking = false;
  /** Of a connected or connecting descriptor. */
  socket: net.Socket | undefined;
  /** Of a bound or listening one. */
  server: net.Server | undefined;
  /** What bind() claimed. */
  local: Place | undefined;
  /** bind() under way. */
  binding: Promise<void> | undefined;
  /** What has gone wrong, until somebody was told. */
  error: Error | undefined;
  /** shutdown() has ended reading. */
  readingEnded = false;
  private told: Error | undefined;

  /** A descriptor for a connection that exists. */
  static connected(socket: net.Socket): Descriptor {
    const descriptor = new Descriptor();
    descriptor.hold(socket);
    descriptor.state = "connected";
    return descriptor;
  }

  hold(socket: net.Socket): void {
    this.socket = socket;
    socket.on("error", (error) => {
      if (error !== this.told) this.error ??= error;
    });
  }

  /** The caller learns of `error` from the call that it broke. */
  tell(error: Error): void {
    this.told = error;
    if (this.error === error) this.error = undefined;
  }
}

/** connect(2). */
export async function connect(transport: Transport, s: Descriptor, address: Address): Promise<void> {
  // "What SOCKS expects": the repeated connect of a nonblocking one tells how far it is.
  if (s.state === "connecting")
    throw failure("connect", "EALREADY", "the previous connect is not complete yet");
  if (s.state === "connected") throw failure("connect", "EISCONN", "the socket is connected");
  if (s.state === "failed") throw takeError(s) ?? failure("connect", "ECONNABORTED", "the connect failed");
  if (s.state === "bound")
    throw failure(
      "connect",
      "EOPNOTSUPP",
      "bind before connect cannot be honoured: the proxy chooses the address",
    );
  expect(s, "connect", ["new"]);
  const socket = new net.Socket({ allowHalfOpen: true });
  s.hold(socket);
  s.state = "connecting";
  const done = once(socket, "connect").then(
    () => void (s.state = "connected"),
    (error: Error) => {
      if (s.state !== "closed") s.state = "failed";
      throw error;
    },
  );
  done.catch(() => undefined);
  try {
    transport.connect(socket, placeOf(address));
  } catch (error) {
    // Nothing was begun: a port out of range, no configuration.
    s.state = "new";
    s.socket = undefined;
    throw error;
  }
  if (s.nonblocking) throw failure("connect", "EINPROGRESS", "the connection is being made");
  await done.catch((error: Error) => {
    s.error = undefined;
    throw error;
  });
}

/**
 * bind(2), after which getsockname tells the address: "bind, then getsockname, listen, accept, in that order" (What
 * SOCKS expects). Neither Node nor SOCKS can bind and not listen, so a peer may connect from here on.
 *
 * @param peer what Rbind of libsocks added: the host that will connect
 */
export async function bind(
  transport: Transport,
  s: Descriptor,
  address: Address,
  peer?: string,
): Promise<void> {
  if (s.state === "connecting")
    throw failure("bind", "EALREADY", "nothing else can start while a nonblocking connect is in progress");
  expect(s, "bind", ["new"]);
  s.local = placeOf(address);
  s.state = "bound";
  s.binding = open(transport, s, BACKLOG, peer);
  await s.binding;
}

/** net.Server's own; listen() comes too late to choose another one. */
const BACKLOG = 511;

/** @throws what 'error' says; the descriptor is as it was before bind */
async function open(
  transport: Transport,
  s: Descriptor,
  backlog: number,
  peer: string | undefined,
): Promise<void> {
  const server = net.createServer({ allowHalfOpen: true, pauseOnConnect: true });
  arrivalsOf(server);
  s.server = server;
  try {
    transport.listen(server, s.local ?? { host: "", port: 0 }, backlog, peer);
    await once(server, "listening");
  } catch (error) {
    if (s.state !== "closed") s.state = "new";
    s.server = s.local = undefined;
    throw error;
  }
  server.on("error", (error) => (s.error ??= error));
}

/**
 * listen(2).
 *
 * @param backlog for a descriptor that was not bound; a bound one has had its backlog since then
 */
export async function listen(transport: Transport, s: Descriptor, backlog = 5): Promise<void> {
  if (s.state === "listening") return;
  expect(s, "listen", ["bound", "new"]);
  await (s.state === "bound" ? s.binding : open(transport, s, backlog, undefined));
  s.state = "listening";
}

/** accept(2). */
export async function accept(s: Descriptor): Promise<Descriptor> {
  expect(s, "accept", ["listening"]);
  const arrivals = arrivalsOf(s.server!);
  for (;;) {
    const socket = arrivals.sockets.shift();
    if (socket) return Descriptor.connected(socket.resume().pause());
    const error = takeError(s) ?? arrivals.ended;
    if (error) throw error;
    if (s.nonblocking) throw failure("accept", "EWOULDBLOCK", "nobody has connected yet");
    // An 'error' is in the descriptor by then.
    await arrival(s.server!).catch(() => undefined);
    expect(s, "accept", ["listening"]);
  }
}

/** getsockname(2): of a BIND it is the proxy's address, to be told to the peer. */
export function getsockname(s: Descriptor): net.AddressInfo {
  expectOpen(s, "getsockname");
  const name = (s.server ?? s.socket)?.address() as Partial<net.AddressInfo> | null | undefined;
  if (name?.address !== undefined) return name as net.AddressInfo;
  const { host, port } = s.local ?? { host: "0.0.0.0", port: 0 };
  return { address: host, family: net.isIPv6(host) ? "IPv6" : "IPv4", port };
}

/** getpeername(2). */
export function getpeername(s: Descriptor): net.AddressInfo {
  const { socket } = connectedOf(s, "getpeername");
  return { address: socket.remoteAddress!, family: socket.remoteFamily!, port: socket.remotePort! };
}

/** close(2). */
export function close(s: Descriptor): void {
  expectOpen(s, "close");
  s.state = "closed";
  s.socket?.destroy();
  if (!s.server) return;
  s.server.close();
  for (const socket of arrivalsOf(s.server).sockets.splice(0)) socket.destroy();
}

/** I/O before a nonblocking connect has said EISCONN is ENOTCONN. */
export function connectedOf(s: Descriptor, syscall: string): { socket: net.Socket } {
  expectOpen(s, syscall);
  if (s.state !== "connected" || !s.socket) throw failure(syscall, "ENOTCONN", "the socket is not connected");
  return { socket: s.socket };
}

export function takeError(s: Descriptor): Error | undefined {
  const { error } = s;
  s.error = undefined;
  return error;
}

/** @throws EBADF */
export function expectOpen(s: Descriptor, syscall: string): void {
  if (s.state === "closed") throw failure(syscall, "EBADF", "the descriptor is closed");
}

function expect(s: Descriptor, syscall: string, states: readonly State[]): void {
  expectOpen(s, syscall);
  if (!states.includes(s.state))
    throw failure(
      syscall,
      "EINVAL",
      `the descriptor is ${s.state}, and ${syscall} needs one that is ${states.join(" or ")}`,
    );
}
