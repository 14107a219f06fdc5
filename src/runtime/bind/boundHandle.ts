import net = require("node:net");
import { settings } from "../config/init";
import { SocksError } from "../errors/SocksError";
import { deliver } from "../net/deliver";
import { Dial, type Grant } from "../net/dial";
import { describeHandle } from "../net/established";
import type { SocketName, StreamHandle } from "../net/internals";
import type { Endpoint } from "../protocol/address";
import type { Proxy } from "../routes/proxy";
import { arrivalsOf, endArrivals } from "./arrivals";
import { otherPort, withBound } from "./bindError";
import { unreachable } from "./unreachable";

/** What Node's net.Server knows of a handle; onconnection and its owner are set by Node. */
interface ServerInternals {
  _handle: BoundHandle | null;
  _listen2(address: null, port: number, addressType: number, backlog: number): void;
}

/**
 * The handle of a net.Server that listens at the proxy: BIND of RFC 1928 §4 as Node's servers see it. The first
 * reply makes it 'listening', with BND as its address; the second one is its connection. There is one connection
 * for one BIND.
 */
export class BoundHandle {
  /** Set by Node: what to do with an accepted connection. */
  onconnection: ((status: number, handle: StreamHandle) => void) | undefined;
  /** There is none until there is an address: then Node's address() is null, as before any 'listening'. */
  getsockname: ((out: SocketName) => number) | undefined;
  private readonly dial: Dial | undefined;
  private bound: Endpoint | undefined;
  private closed = false;

  /**
   * @param server gets 'listening' or 'error' later
   * @param request DST: the peer's host, and the port wanted at the proxy (0: any). RFC 1928 does not say what
   *   DST.PORT of a BIND is for; most clients and servers take it for the port to bind, Dante ignores it.
   */
  constructor(
    private readonly server: net.Server,
    private readonly request: Endpoint,
    private readonly backlog: number,
  ) {
    // Who accepts waits for other things first, such as FTP's answer to RETR, while the peer connects at once.
    arrivalsOf(server);
    try {
      const inForce = settings();
      const route = inForce.route(request);
      if (route.kind !== "proxies") throw unreachable(request, route.kind);
      this.dial = new Dial({ command: "bind", destination: request, chains: route.chains }, inForce, {
        bound: (bound, chain, proxyAddress) => this.listening(bound, chain, proxyAddress),
        established: (grant) => this.accepted(grant),
        failed: (error) => this.failed(withBound(error, request.port !== 0 && !this.bound)),
      });
      this.dial.start();
    } catch (error) {
      if (!(error instanceof SocksError)) throw error;
      process.nextTick(() => this.failed(error));
    }
  }

  private get internals(): ServerInternals {
    return this.server as unknown as ServerInternals;
  }

  private listening(bound: Endpoint, chain: readonly Proxy[], proxyAddress: string | undefined): void {
    const { port } = this.request;
    if (port !== 0 && bound.port !== port) {
      this.dial?.abort();
      return this.failed(otherPort(this.request, bound.port, chain));
    }
    // "If the DST.ADDR of a reply is 0.0.0.0, the client should use the address of the SOCKS server" (SOCKS4).
    const anywhere = bound.host === "0.0.0.0" || bound.host === "::";
    const proxyHost = proxyAddress ?? (chain.at(-1)!.host || bound.host);
    const own = (this.bound = anywhere ? { host: proxyHost, port: bound.port } : bound);
    this.getsockname = (out) => {
      const { host: address, port } = own;
      Object.assign(out, { address, port, family: net.isIPv6(address) ? "IPv6" : "IPv4" });
      return 0;
    };
    this.internals._listen2(null, -1, -1, this.backlog);
  }

  private accepted({ handle, bound: peer, rest }: Grant): void {
    describeHandle(handle, peer, this.bound!, rest.length);
    endArrivals(this.server);
    this.onconnection?.(0, handle);
    const owner = Object.getOwnPropertySymbols(handle).find(
      ({ description }) => description === "owner_symbol",
    );
    const socket = owner && (handle[owner] as net.Socket | undefined);
    if (socket) deliver(socket, rest);
  }

  private failed(error: SocksError): void {
    if (this.closed) return;
    // As after a failed listen: the server can be used again.
    if (this.internals._handle === this) this.internals._handle = null;
    this.server.emit("error", error);
  }

  /** Node has set up the server; there is nothing left to do. */
  listen(): number {
    return 0;
  }

  close(callback?: () => void): void {
    this.closed = true;
    this.dial?.abort();
    if (callback) process.nextTick(callback);
  }

  ref(): void {
    this.dial?.reference(true);
  }

  unref(): void {
    this.dial?.reference(false);
  }
}
