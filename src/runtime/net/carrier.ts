import type { StreamHandle } from "./internals";

/** What a carrier tells about the connection to the proxy. */
export interface CarrierEvents {
  connected(): void;
  data(bytes: Buffer): void;
  /** The proxy closed the connection, or it broke; without an error it was closed in good order. */
  closed(error?: Error): void;
}

/** A connection to the (first) proxy, for as long as the handshake lasts. */
export interface Carrier {
  /** Begins to connect. No event comes before it returns. */
  connect(events: CarrierEvents): void;
  write(bytes: Buffer): void;
  /** The proxy's address, where there is a connection of its own to it. */
  address(): string | undefined;
  /** Whether it keeps the process alive. */
  reference(yes: boolean): void;
  /** Ends the carrier and hands over what it was made of: a connected handle, which is reading if it says so. */
  release(): StreamHandle;
  /** Gives up; no event follows. */
  abandon(): void;
}

/** Sockets of ours that connect to a proxy: the only ones that are meant to be direct. */
const ours = new WeakSet<object>();

export function markCarrier(socket: object): void {
  ours.add(socket);
}

/** The handle that is being connected to a proxy, for as long as that call lasts. */
let connecting: StreamHandle | undefined;

/** Runs the call that connects `handle` to a proxy; to remember the handle for good would cost memory for each socket. */
export function connectCarrier(handle: StreamHandle, connect: () => number): number {
  connecting = handle;
  try {
    return connect();
  } finally {
    connecting = undefined;
  }
}

/** Whether this socket or handle is a connection to a proxy that the runtime itself makes. */
export function isCarrier(socketOrHandle: object): boolean {
  return socketOrHandle === connecting || ours.has(socketOrHandle);
}

const names = new Set<string>();

export function markCarrierName(name: string): void {
  names.add(name);
}

/** Whether `name` is a proxy's, which this machine has to resolve. */
export function isCarrierName(name: string): boolean {
  return names.has(name);
}
