import net from "node:net";
import type { Proxy } from "../routes/proxy";
import { markCarrier, markCarrierName, type Carrier, type CarrierEvents } from "./carrier";
import { internals, nativeConnect, releaseHandle, type StreamHandle } from "./internals";

/**
 * A carrier that is a net.Socket of its own. Node does all the work: it resolves the proxy's name, here, tries its
 * addresses in turn, and connects to Unix sockets.
 */
export class SocketCarrier implements Carrier {
  private readonly socket = new net.Socket();

  /** @param ownPort the port of this machine to connect from */
  constructor(
    private readonly proxy: Proxy,
    private readonly ownPort?: number,
  ) {
    markCarrier(this.socket);
  }

  connect(events: CarrierEvents): void {
    const { socket, proxy, ownPort } = this;
    markCarrierName(proxy.host);
    socket.once("connect", () => {
      withoutPerformanceEntry(socket);
      events.connected();
    });
    socket.on("data", (bytes: Buffer) => events.data(bytes));
    socket.on("error", (error) => events.closed(error));
    socket.on("end", () => events.closed());
    socket.on("close", () => events.closed());
    const { host, port } = proxy;
    const place = { host, port, ...(ownPort !== undefined && { localPort: ownPort }) };
    nativeConnect.call(socket, proxy.transport === "unix" ? { path: proxy.path! } : place);
  }

  write(bytes: Buffer): void {
    this.socket.write(bytes);
  }

  address(): string | undefined {
    return this.socket.remoteAddress;
  }

  reference(yes: boolean): void {
    if (yes) this.socket.ref();
    else this.socket.unref();
  }

  release(): StreamHandle {
    this.socket.removeAllListeners();
    return releaseHandle(this.socket);
  }

  abandon(): void {
    this.socket.removeAllListeners();
    // What happens to it from now on is of no interest, but an 'error' that nobody hears would end the process.
    this.socket.on("error", () => undefined);
    this.socket.destroy();
  }
}

let kPerformance: symbol | undefined;

/** A PerformanceObserver sees one connect for one connect: the caller's, which Node records on its own socket. */
function withoutPerformanceEntry(socket: net.Socket): void {
  kPerformance ??= Object.getOwnPropertySymbols(socket).find(
    ({ description }) => description === "kPerfHooksNetConnectContext",
  );
  if (kPerformance) internals(socket)[kPerformance] = undefined;
}
