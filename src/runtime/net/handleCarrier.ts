import net from "node:net";
import { getSystemErrorName } from "node:util";
import type { Proxy } from "../routes/proxy";
import { connectCarrier, type Carrier, type CarrierEvents } from "./carrier";
import type { ConnectRequest, StreamHandle } from "./internals";
import { stopStandingIn } from "./pending";

/** Node's WriteWrap. */
interface WriteRequest {
  handle: StreamHandle;
  oncomplete(): void;
  buffer: Buffer;
}

type WritableHandle = StreamHandle & {
  /** Node 26 makes the WriteWrap itself: it is given null, and returns a number or, for a write under way, that. */
  writeBuffer(request: WriteRequest | null, bytes: Buffer): number | WriteRequest;
};

const nothing = (): void => undefined;

/**
 * A carrier that is the caller's own handle, so that nothing has to be moved when the handshake is over: the
 * proxy is dialled with the very request that Node made for the destination. For proxies given by address only;
 * everything else is a SocketCarrier's business.
 */
export class HandleCarrier implements Carrier {
  private readonly onread: unknown;
  private events: CarrierEvents | undefined;

  constructor(
    private readonly handle: StreamHandle,
    private readonly request: ConnectRequest,
    private readonly proxy: Proxy,
  ) {
    this.onread = (handle as { onread?: unknown }).onread;
  }

  /** Whether the handle can carry the handshake: a TCP handle, no TLS on either side, a proxy given by address. */
  static serves(handle: StreamHandle, chain: readonly Proxy[]): boolean {
    return (
      chain.every(({ transport }) => transport === "tcp") &&
      net.isIP(chain[0]!.host) !== 0 &&
      (handle as { constructor?: { name?: string } }).constructor?.name === "TCP" &&
      typeof (handle as WritableHandle).writeBuffer === "function" &&
      WriteRequestClass !== undefined
    );
  }

  connect(events: CarrierEvents): void {
    const { handle, request, proxy } = this;
    this.events = events;
    const native = Object.getPrototypeOf(Object.getPrototypeOf(handle)) as StreamHandle;
    const finish = request.oncomplete;
    request.oncomplete = (status) => {
      request.oncomplete = finish;
      if (status === 0) this.connected();
      else this.events?.closed(this.connectError(status));
    };
    const connect = net.isIPv4(proxy.host) ? native.connect : native.connect6;
    const status = connectCarrier(handle, () => connect.call(handle, request, proxy.host, proxy.port));
    if (status === 0) return;
    request.oncomplete = finish;
    process.nextTick(() => this.events?.closed(this.connectError(status)));
  }

  write(bytes: Buffer): void {
    const request = WriteRequestClass ? new WriteRequestClass() : null;
    if (request) this.prepare(request, bytes);
    const made = (this.handle as WritableHandle).writeBuffer(request, bytes);
    if (typeof made === "object") this.prepare(made, bytes);
  }

  private prepare(request: WriteRequest, bytes: Buffer): void {
    request.handle = this.handle;
    request.oncomplete = nothing;
    request.buffer = bytes;
  }

  address(): string {
    return this.proxy.host;
  }

  reference(): void {
    // The caller's ref and unref have reached the handle itself.
  }

  /** The handle goes on reading, and says so to Node: to stop and begin again costs two system calls. */
  release(): StreamHandle {
    this.events = undefined;
    const { handle } = this;
    handle.reading = true;
    stopStandingIn(handle);
    (handle as { onread?: unknown }).onread = this.onread;
    return handle;
  }

  /** The handle stays, as a stand-in for what is tried next, until it is replaced or closed by its socket. */
  abandon(): void {
    this.events = undefined;
    this.handle.readStop();
  }

  private connected(): void {
    if (!this.events) return;
    (this.handle as { onread?: unknown }).onread = (bytes: ArrayBuffer | undefined) => {
      // Node tells an error from an end by a number that is out of reach here; either way it is over.
      if (bytes) this.events?.data(Buffer.from(bytes));
      else this.events?.closed();
    };
    this.handle.readStart();
    this.events.connected();
  }

  private connectError(status: number): Error {
    const code = getSystemErrorName(status);
    const { host, port } = this.proxy;
    return Object.assign(new Error(`connect ${code} ${host}:${port}`), {
      errno: status,
      code,
      syscall: "connect",
      address: host,
      port,
    });
  }
}

/**
 * Node does not export WriteWrap; a socket whose handle only looks at what it is given holds an instance.
 * null on Nodes that make it natively, undefined where neither is so.
 */
const WriteRequestClass = ((): (new () => WriteRequest) | null | undefined => {
  let found: (new () => WriteRequest) | null | undefined;
  const handle = {
    writeBuffer(request: object | null) {
      found = request && (request.constructor as new () => WriteRequest);
      return 0;
    },
  };
  const socket = new net.Socket({ handle, manualStart: true } as never);
  socket.write(Buffer.alloc(1));
  return found;
})();
