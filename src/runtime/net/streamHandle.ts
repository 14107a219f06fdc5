import { Duplex } from "node:stream";
import tls from "node:tls";
import type net from "node:net";
import { internals, type StreamHandle } from "./internals";

/** Node's JSStreamSocket: a net.Socket whose handle is a JavaScript stream; `tls.connect({ socket })` makes one. */
interface StreamSocket extends net.Socket {
  isClosing(): boolean;
  readStart(): number;
  readStop(): number;
  doWrite(request: unknown, buffers: unknown): number;
  doShutdown(request: unknown): number;
  doClose(callback: () => void): void;
}

type StreamSocketClass = new (stream: Duplex) => StreamSocket;

let found: StreamSocketClass | undefined;

function streamSocketClass(): StreamSocketClass {
  if (!found) {
    const probe = new tls.TLSSocket(new Duplex({ read() {}, write: (_chunk, _encoding, done) => done() }));
    const wrap = (probe as unknown as { _handle?: { _parentWrap?: object } })._handle?._parentWrap;
    if (!wrap)
      throw new Error(`Node ${process.version} has no JSStreamSocket; a proxy over TLS cannot be used`);
    found = wrap.constructor as StreamSocketClass;
    probe.destroy();
  }
  return found;
}

/**
 * A handle, as libuv's are, for a stream that is made in JavaScript.
 *
 * @param reference called when the handle is ref'd or unref'd
 */
export function streamHandle(stream: Duplex, reference: (yes: boolean) => void): StreamHandle {
  const socket = new (streamSocketClass())(stream);
  const handle = internals(socket)._handle!;
  // What Node calls on the handle finds its way by the handle's owner, which will be the caller's socket.
  Object.assign(handle, {
    isClosing: () => socket.isClosing(),
    onreadstart: () => socket.readStart(),
    onreadstop: () => socket.readStop(),
    onwrite: (request: unknown, buffers: unknown) => socket.doWrite(request, buffers),
    onshutdown: (request: unknown) => socket.doShutdown(request),
    close(callback: () => void) {
      socket.doClose(callback);
      // As net.Socket does; JSStreamSocket insists on it.
      internals(socket)._handle = null;
    },
  });
  // What goes wrong with the stream goes wrong for whoever holds the handle.
  const owner = Object.getOwnPropertySymbols(handle).find(
    ({ description }) => description === "owner_symbol",
  )!;
  socket.on("error", (error) => (handle[owner] as net.Socket).destroy(error));
  handle.ref = () => reference(true);
  handle.unref = () => reference(false);
  return handle;
}
