import net from "node:net";
import { arrivalsOf } from "../bind/arrivals";
import { Descriptor } from "./descriptor";

/** What can be waited for. */
export type Selectable = Descriptor | net.Socket | net.Server;

/** The ones of each list that are ready. */
export interface Selected<R, W, E> {
  reads: R[];
  writes: W[];
  excepts: E[];
}

const EVENTS = ["readable", "end", "close", "error", "connect", "drain", "connection"] as const;

/**
 * select(2): waits until one of them is ready, which is to say that the call it is asked for would not wait.
 *
 * A socket is ready to read when bytes or the end have arrived, to write when it is connected (or has failed to be)
 * and its buffer has room, and exceptional when it has failed; a listening one is ready to read when somebody has
 * connected and was not accepted yet. Each list may hold descriptors, net.Sockets and net.Servers.
 *
 * @param timeout milliseconds; 0 looks and does not wait, undefined waits without end
 */
export async function select<R extends Selectable, W extends Selectable, E extends Selectable>(
  reads: readonly R[] = [],
  writes: readonly W[] = [],
  excepts: readonly E[] = [],
  timeout?: number,
): Promise<Selected<R, W, E>> {
  const look = (): Selected<R, W, E> => ({
    reads: reads.filter(canRead),
    writes: writes.filter(canWrite),
    excepts: excepts.filter(hasFailed),
  });
  const isReady = ({ reads, writes, excepts }: Selected<R, W, E>): boolean =>
    reads.length + writes.length + excepts.length > 0;
  for (const one of reads) startReading(one);
  let found = look();
  if (isReady(found) || timeout === 0) return found;

  const emitters = new Set([...reads, ...writes, ...excepts].flatMap(emittersOf));
  return new Promise((resolve) => {
    const timer = timeout === undefined ? undefined : setTimeout(() => finish(), timeout);
    const finish = (): void => {
      clearTimeout(timer);
      for (const emitter of emitters) for (const event of EVENTS) emitter.off(event, check);
      resolve(found);
    };
    const check = (): void => {
      found = look();
      if (isReady(found)) finish();
    };
    for (const emitter of emitters) for (const event of EVENTS) emitter.on(event, check);
  });
}

function socketOf(one: Selectable): net.Socket | undefined {
  return one instanceof Descriptor ? one.socket : one instanceof net.Socket ? one : undefined;
}

function emittersOf(one: Selectable): (net.Socket | net.Server)[] {
  return one instanceof Descriptor ? [one.socket, one.server].filter((each) => each !== undefined) : [one];
}

/** Bytes only arrive where somebody asks for them. */
function startReading(one: Selectable): void {
  const socket = socketOf(one);
  if (socket && !socket.connecting && socket.readableLength === 0) socket.read(0);
}

function canRead(one: Selectable): boolean {
  const server = one instanceof net.Server ? one : one instanceof Descriptor ? one.server : undefined;
  if (server && arrivalsOf(server).sockets.length > 0) return true;
  if (one instanceof Descriptor && one.server) return one.error !== undefined;
  const socket = socketOf(one);
  if (!socket) return false;
  return socket.readableLength > 0 || socket.readableEnded || socket.destroyed || atEnd(socket);
}

/** The end has arrived and nobody has read it. */
function atEnd(socket: net.Socket): boolean {
  return (socket as unknown as { _readableState: { ended: boolean } })._readableState.ended;
}

function canWrite(one: Selectable): boolean {
  const socket = socketOf(one);
  if (!socket) return false;
  return socket.destroyed || (!socket.connecting && socket.writableLength < socket.writableHighWaterMark);
}

function hasFailed(one: Selectable): boolean {
  if (one instanceof Descriptor && one.error) return true;
  return socketOf(one)?.errored != null;
}
