import net from "node:net";
import tls from "node:tls";
import type { Proxy } from "../routes/proxy";
import { markCarrier, markCarrierName, type Carrier, type CarrierEvents } from "./carrier";
import { nativeConnect, type StreamHandle } from "./internals";
import { streamHandle } from "./streamHandle";

/**
 * A carrier to a proxy that speaks TLS. What it hands over is a handle whose bytes pass through that TLS session;
 * for the caller's socket it is a handle like any other.
 */
export class TLSCarrier implements Carrier {
  private readonly raw: net.Socket;
  private socket: tls.TLSSocket | undefined;
  private listeners: Record<string, (...args: never[]) => void> = {};

  /**
   * @param handle a connection that leads to the proxy already, through the proxies before it; otherwise the
   *   proxy is dialled
   */
  constructor(
    private readonly proxy: Proxy,
    private readonly handle?: StreamHandle,
  ) {
    this.raw = new net.Socket(handle ? ({ handle } as never) : undefined);
    markCarrier(this.raw);
  }

  connect(events: CarrierEvents): void {
    const { proxy, raw } = this;
    if (!this.handle) {
      markCarrierName(proxy.host);
      nativeConnect.call(raw, { host: proxy.host, port: proxy.port });
    }
    // RFC 6066 §3: literal addresses are not permitted in server_name.
    const servername = net.isIP(proxy.host) ? {} : { servername: proxy.host };
    const socket = (this.socket = tls.connect({
      ...servername,
      host: proxy.host,
      ...proxy.tls,
      socket: raw,
    }));
    this.listeners = {
      secureConnect: () => events.connected(),
      data: (bytes: Buffer) => events.data(bytes),
      error: (error: Error) => events.closed(error),
      end: () => events.closed(),
      close: () => events.closed(),
    };
    for (const [event, listener] of Object.entries(this.listeners)) socket.on(event, listener as () => void);
  }

  write(bytes: Buffer): void {
    this.socket!.write(bytes);
  }

  address(): string | undefined {
    return this.handle ? undefined : this.raw.remoteAddress;
  }

  reference(yes: boolean): void {
    if (yes) this.raw.ref();
    else this.raw.unref();
  }

  release(): StreamHandle {
    const socket = this.socket!;
    this.detach();
    socket.pause();
    return streamHandle(socket, (yes) => this.reference(yes));
  }

  abandon(): void {
    this.detach();
    // Errors from now on are of no interest, but an 'error' that nobody hears would end the process.
    for (const socket of [this.socket, this.raw]) socket?.on("error", () => undefined).destroy();
  }

  private detach(): void {
    for (const [event, listener] of Object.entries(this.listeners))
      this.socket?.off(event, listener as () => void);
  }
}
