import type net = require("node:net");
import { internals, kBuffer, kBufferCallback, kBufferGenerator, type StreamHandle } from "./internals";

type OnRead = (bytes: number, buffer: Uint8Array) => boolean | void;

/**
 * Gives `socket` bytes that were read together with the SOCKS reply, as if they had just been read: through the
 * stream, or through the socket's `onread` buffer if it has one.
 */
export function deliver(socket: net.Socket, bytes: Buffer): void {
  // One made with `readable: false` Node never reads from.
  if (bytes.length === 0 || !socket.readable) return;
  const handle = internals(socket)._handle;
  if (!handle) return;
  const onRead = (kBufferCallback && internals(socket)[kBufferCallback]) as OnRead | null | undefined;
  if (onRead) return deliverToBuffer(socket, handle, bytes, onRead);
  if (!socket.push(bytes) && !socket.destroyed) {
    handle.reading = false;
    handle.readStop();
  }
}

/** The option `onread`: "a single buffer is reused, and data is passed to the callback". */
function deliverToBuffer(socket: net.Socket, handle: StreamHandle, bytes: Buffer, onRead: OnRead): void {
  const state = internals(socket);
  for (let offset = 0; offset < bytes.length && !socket.destroyed;) {
    // pause(), or the answer false, takes effect between two buffers.
    if (!handle.reading) {
      const left = bytes.subarray(offset);
      return whenReadingAgain(handle, () => deliver(socket, left));
    }
    const buffer = state[kBuffer!] as Uint8Array;
    const length = Math.min(buffer.length, bytes.length - offset);
    buffer.set(bytes.subarray(offset, offset + length));
    offset += length;
    const goOn = onRead.call(socket, length, buffer) !== false;
    const generate = (kBufferGenerator && state[kBufferGenerator]) as (() => unknown) | null;
    const next = generate?.();
    if (next instanceof Uint8Array) {
      state[kBuffer!] = next;
      handle.useUserBuffer(next);
    }
    if (!goOn && !socket.destroyed) {
      handle.reading = false;
      handle.readStop();
    }
  }
}

function whenReadingAgain(handle: StreamHandle, next: () => void): void {
  const readStart = handle.readStart;
  Object.defineProperty(handle, "readStart", {
    configurable: true,
    value: function (this: StreamHandle) {
      Reflect.deleteProperty(handle, "readStart");
      process.nextTick(next);
      return readStart.call(this);
    },
  });
}
