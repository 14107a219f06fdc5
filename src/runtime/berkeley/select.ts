import net = require("node:net");
import { arrivalsOf } from "../bind/arrivals";
import { Descriptor, expectOpen } from "./descriptor";
import { failure } from "./failure";

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
 * and its buffer has room, and exceptional when it has failed; one that was never connected is ready at once, since
 * every call on it fails. A listening one is ready to read when somebody has connected and was not accepted yet, or
 * when it has failed. Each list may hold descriptors, net.Sockets and net.Servers.
 *
 * @param timeout milliseconds; 0 looks and does not wait; null, C's NULL, waits without end, as does undefined
 * @throws EBADF for what is closed, or no socket at all; EINVAL for a timeout that is negative or no number
 */
export async function select<R extends Selectable, W extends Selectable, E extends Selectable>(
  reads: readonly R[] = [],
  writes: readonly W[] = [],
  excepts: readonly E[] = [],
  timeout?: number | null,
): Promise<Selected<R, W, E>> {
  if (timeout != null && !(timeout >= 0))
    throw failure("select", "EINVAL", `${timeout} is no number of milliseconds`);
  const all = new Set<Selectable>([...reads, ...writes, ...excepts]);
  const look = (): Selected<R, W, E> => {
    for (const one of all) expectSelectable(one);
    return {
      reads: reads.filter(canRead),
      writes: writes.filter(canWrite),
      excepts: excepts.filter(hasFailed),
    };
  };
  const isReady = ({ reads, writes, excepts }: Selected<R, W, E>): boolean =>
    reads.length + writes.length + excepts.length > 0;
  let found = look();
  for (const one of reads) startReading(one);
  if (!isReady(found)) found = look();
  if (isReady(found) || timeout === 0) return found;

  const emitters = new Set([...all].flatMap(emittersOf));
  return new Promise((resolve, reject) => {
    const stop = after(timeout ?? Infinity, () => finish());
    const finish = (): void => {
      stop();
      for (const emitter of emitters) for (const event of EVENTS) emitter.off(event, check);
      resolve(found);
    };
    const check = function (this: net.Socket | net.Server, reason?: unknown): void {
      // Nobody else may have heard it; the accept that follows tells. A descriptor keeps its own.
      if (this instanceof net.Server && all.has(this) && reason instanceof Error)
        arrivalsOf(this).error ??= reason;
      try {
        found = look();
      } catch (error) {
        reject(error as Error);
        return finish();
      }
      if (isReady(found)) finish();
    };
    for (const emitter of emitters) for (const event of EVENTS) emitter.on(event, check);
  });
}

/** The longest that setTimeout can wait. */
const LONGEST = 2 ** 31 - 1;

/**
 * @param milliseconds may be more than setTimeout takes
 * @returns stops it
 */
function after(milliseconds: number, callback: () => void): () => void {
  if (milliseconds === Infinity) return () => undefined;
  const due = performance.now() + milliseconds;
  let timer: NodeJS.Timeout;
  const wait = (): void => {
    const remaining = due - performance.now();
    if (remaining <= 0) callback();
    else timer = setTimeout(wait, Math.min(Math.ceil(remaining), LONGEST));
  };
  timer = setTimeout(wait, Math.min(milliseconds, LONGEST));
  return () => clearTimeout(timer);
}

function expectSelectable(one: Selectable): void {
  if (one instanceof Descriptor) return expectOpen(one, "select");
  if (one instanceof net.Socket || one instanceof net.Server) return;
  throw failure("select", "EBADF", "it takes descriptors, net.Sockets and net.Servers");
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

function serverOf(one: Selectable): net.Server | undefined {
  return one instanceof net.Server ? one : one instanceof Descriptor ? one.server : undefined;
}

/** Never connected: nothing waits on it. */
const isFresh = (one: Selectable): boolean => one instanceof Descriptor && one.state === "new";

function canRead(one: Selectable): boolean {
  const server = serverOf(one);
  if (server) return arrivalsOf(server).sockets.length > 0 || hasFailed(one);
  const socket = socketOf(one);
  if (!socket) return isFresh(one);
  const shut = one instanceof Descriptor && one.readingEnded;
  return shut || socket.readableLength > 0 || socket.readableEnded || socket.destroyed || atEnd(socket);
}

/** The end has arrived and nobody has read it. */
function atEnd(socket: net.Socket): boolean {
  return (socket as unknown as { _readableState: { ended: boolean } })._readableState.ended;
}

function canWrite(one: Selectable): boolean {
  const socket = socketOf(one);
  if (!socket) return isFresh(one);
  return socket.destroyed || (!socket.connecting && socket.writableLength < socket.writableHighWaterMark);
}

function hasFailed(one: Selectable): boolean {
  if (one instanceof Descriptor && one.error) return true;
  const server = serverOf(one);
  return server ? arrivalsOf(server).error !== undefined : socketOf(one)?.errored != null;
}
