import net = require("node:net");

/** A libuv stream handle as Node's net.Socket sees it: TCP, Pipe, or TLSWrap over one. */
export interface StreamHandle {
  reading?: boolean;
  readonly bytesRead: number;
  readonly bytesWritten: number;
  readStart(): number;
  readStop(): number;
  close(callback?: () => void): void;
  /** Closes with a RST; of TCP handles. */
  reset?(callback?: () => void): number;
  ref(): void;
  unref(): void;
  connect(request: ConnectRequest, address: string, port: number): number;
  connect6(request: ConnectRequest, address: string, port: number): number;
  bind(address: string, port: number): number;
  bind6(address: string, port: number, flags?: number): number;
  getpeername?(out: SocketName): number;
  getsockname?(out: SocketName): number;
  useUserBuffer(buffer: Uint8Array): void;
  [name: symbol]: unknown;
}

/** What getpeername and getsockname fill in. */
export interface SocketName {
  address?: string;
  port?: number;
  family?: string;
}

/** Node's TCPConnectWrap: `oncomplete` is the rest of `net.Socket.prototype.connect`. */
export interface ConnectRequest {
  address?: string;
  port?: number;
  /** 4 or 6. */
  addressType?: number;
  localAddress?: string;
  localPort?: number;
  oncomplete(
    status: number,
    handle: StreamHandle | null,
    request: ConnectRequest,
    readable: boolean,
    writable: boolean,
  ): void;
}

/** The members of a net.Socket that @types/node does not show. */
export interface SocketInternals {
  _handle: StreamHandle | null;
  _peername?: SocketName | null;
  _sockname?: SocketName | null;
  connecting: boolean;
  /** The write that waits for 'connect': of one chunk, or of several. */
  _pendingData?: unknown;
  _pendingEncoding?: string;
  /** `reading`: the stream has asked for bytes that have not come yet. */
  _readableState: { reading: boolean };
  _writableState: { writing: boolean };
  _undestroy(): void;
  [name: symbol]: unknown;
}

export function internals(socket: net.Socket): SocketInternals {
  return socket as unknown as SocketInternals;
}

/** Node's own `connect`, as it was before anything of ours, or of others later, was put in its place. */
export const nativeConnect = net.Socket.prototype.connect as (
  this: net.Socket,
  ...args: unknown[]
) => net.Socket;

/** The arguments of `connect` as Node understands them. */
export type NormalizedArguments = [options: ConnectOptions, callback: (() => void) | null];

export type ConnectOptions = Partial<net.TcpNetConnectOpts> & {
  path?: string | null;
  /** See SocksOptions. */
  earlyData?: boolean;
};

/** Brings (options, cb), (port, host, cb), (path, cb) … into one form; Node marks it, and takes it as is. */
export function normalizeArguments(args: readonly unknown[]): NormalizedArguments {
  // net.connect hands its socket's connect an array that has been through this before.
  const [first] = args;
  if (Array.isArray(first) && normalized in first) return first as unknown as NormalizedArguments;
  return normalize(args);
}

const { _normalizeArgs: normalize } = net as unknown as {
  _normalizeArgs(args: readonly unknown[]): NormalizedArguments;
};

/** Node's mark on normalized arguments; without it an array is not taken for them. */
const normalized = Object.getOwnPropertySymbols(normalize([]))[0]!;

/** The private symbol that Node describes so; they are the same in Node 20, 22, 24 and 26. */
function symbolOf(target: object, description: string): symbol | undefined {
  return Object.getOwnPropertySymbols(target).find((symbol) => symbol.description === description);
}

const probe = new net.Socket();

/** Node ≥ 20 changes the handle under a socket when it tries a host's next address (Happy Eyeballs). */
const reinitializeHandle = symbolOf(net.Socket.prototype, "kReinitializeHandle");

/** Whether this Node has what the technique needs; without it every dial is an error, never direct. */
export const canAdoptHandles = reinitializeHandle !== undefined;

/** Where a socket made with `onread` keeps its buffer, its callback and its source of buffers. */
export const kBuffer = symbolOf(probe, "kBuffer");
export const kBufferCallback = symbolOf(probe, "kBufferCb");
export const kBufferGenerator = symbolOf(probe, "kBufferGen");

/** Puts `handle` under `socket` and closes the one it had. */
export function adoptHandle(socket: net.Socket, handle: StreamHandle): void {
  const state = internals(socket);
  // `onread` with a function for a buffer: it has been asked for one already, which serves the new handle, too.
  const generate = kBufferGenerator && state[kBufferGenerator];
  if (generate) state[kBufferGenerator!] = null;
  // Node would also set the streams back to the start, and forget an `end()` that waits for the connection.
  const { _undestroy: undestroy } = state;
  state._undestroy = () => undefined;
  (state[reinitializeHandle!] as (handle: StreamHandle) => void).call(socket, handle);
  // Assigned, not deleted: a deletion would turn the socket into a dictionary.
  state._undestroy = undestroy;
  if (generate) state[kBufferGenerator!] = generate;
}

/**
 * Calls `listener` whenever Node puts another handle under `socket`, which it does when it tries the next of
 * several addresses; undefined ends that.
 */
export function onNewHandle(
  socket: net.Socket,
  listener: ((handle: StreamHandle) => void) | undefined,
): void {
  if (reinitializeHandle === undefined) return;
  if (!listener) {
    if (Object.hasOwn(socket, reinitializeHandle)) Reflect.deleteProperty(socket, reinitializeHandle);
    return;
  }
  const state = internals(socket);
  const reinitialize = (Object.getPrototypeOf(socket) as SocketInternals)[reinitializeHandle] as (
    handle: StreamHandle,
  ) => void;
  state[reinitializeHandle] = (handle: StreamHandle) => {
    reinitialize.call(socket, handle);
    listener(state._handle!);
  };
}

/** Takes the handle away from `socket`, which is an empty shell from then on. */
export function releaseHandle(socket: net.Socket): StreamHandle {
  const shell = internals(socket);
  const handle = shell._handle!;
  handle.readStop();
  handle.reading = false;
  shell._handle = null;
  return handle;
}
