import type net = require("node:net");
import { creditWritten } from "./established";
import { internals, type StreamHandle } from "./internals";

/** RFC 6928 §2: what TCP sends without waiting for an acknowledgement, ten segments of 1,460 bytes. */
const LIMIT = 14_600;

/** One chunk of Node's `writev`. */
interface Chunk {
  chunk: string | Buffer;
  encoding: BufferEncoding;
}

/**
 * What the caller has written to a socket that is still connecting: the write that Node holds back (`_pendingData`,
 * lib/net.js) until 'connect', which one of the `WRITES` below then makes.
 *
 * @returns undefined if there is none, or too much to send to somebody who may refuse it
 */
export function earlyData(socket: net.Socket): Buffer | undefined {
  const { _pendingData: data, _pendingEncoding: encoding, _writableState: state } = internals(socket);
  if (!state.writing || data == null || socket.writableLength > LIMIT) return undefined;
  const chunks = Array.isArray(data) ? (data as Chunk[]) : [{ chunk: data, encoding } as Chunk];
  return Buffer.concat(
    chunks.map(({ chunk, encoding }) => (typeof chunk === "string" ? Buffer.from(chunk, encoding) : chunk)),
  );
}

/**
 * Whether an earlier connect of this socket left a write behind that it did not live to make. Node makes it before any
 * other when a later connect succeeds.
 */
export function hasUnmadeWrite(socket: net.Socket): boolean {
  return internals(socket)._pendingData != null;
}

const kEarly = Symbol("early data");
const NOTHING = Buffer.alloc(0);

type Write = (this: WritingHandle, request: object | null, ...data: unknown[]) => unknown;
type WritingHandle = StreamHandle & { [kEarly]: number; writeBuffer: Write };

/** Every way in which Node writes to a stream's handle (lib/internal/stream_base_commons.js). */
const WRITES = [
  "writeBuffer",
  "writev",
  "writeUtf8String",
  "writeAsciiString",
  "writeLatin1String",
  "writeUcs2String",
];

/**
 * The next write on `handle`, the one that {@link earlyData} has seen, is done already. It becomes a write of
 * nothing, which the handle reports done when the bytes before it have left, and then the handle is as ever.
 *
 * @param handle one that describeHandle has seen
 * @param bytes how many went early
 */
export function expectEarlyWrite(handle: StreamHandle, bytes: number): void {
  (handle as WritingHandle)[kEarly] = bytes;
  Object.setPrototypeOf(handle, expectantPrototype(Object.getPrototypeOf(handle) as object));
}

/** One prototype for each kind of handle. */
const prototypes = new WeakMap<object, object>();

function expectantPrototype(established: object): object {
  let prototype = prototypes.get(established);
  if (!prototype) {
    const value = function (this: WritingHandle, request: object | null): unknown {
      Object.setPrototypeOf(this, established);
      creditWritten(this, this[kEarly]);
      return this.writeBuffer(request, NOTHING);
    };
    const method = { value, writable: true, configurable: true };
    prototype = Object.create(
      established,
      Object.fromEntries(WRITES.map((name) => [name, method])),
    ) as object;
    prototypes.set(established, prototype);
  }
  return prototype;
}
