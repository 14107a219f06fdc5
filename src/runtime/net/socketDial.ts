import type net from "node:net";
import tls from "node:tls";
import { errnoOf } from "../errors/codes";
import { SocksError } from "../errors/SocksError";
import type { Endpoint } from "../protocol/address";
import type { Proxy } from "../routes/proxy";
import { adoptUnderTLS, deliverToTLS } from "../tls/handle";
import { announce } from "./announce";
import type { Carrier } from "./carrier";
import { deliver } from "./deliver";
import { Dial, type Grant } from "./dial";
import { describeHandle, isEstablished, UV_EISCONN } from "./established";
import { HandleCarrier } from "./handleCarrier";
import {
  adoptHandle,
  internals,
  kBuffer,
  onNewHandle,
  type ConnectRequest,
  type StreamHandle,
} from "./internals";
import { withAddress, type Job } from "./job";
import { isWildcard, objection } from "./objection";
import { leavesFromOwnPort } from "./ownPort";
import { connectDirectly, pendingOf, standIn, type Pending } from "./pending";
import { SocketCarrier } from "./socketCarrier";

const UV_EALREADY = errnoOf("EALREADY")!;

/** The dial under one connecting socket. It is the stand-in's other half, and lives as long as that does. */
export class SocketDial implements Pending {
  private readonly jobs: Job[] = [];
  private dial: Dial | undefined;
  private done = false;
  private ref = true;
  private claimed: Endpoint | undefined;
  private ownPort: number | undefined;

  private constructor(
    private readonly socket: net.Socket,
    private handle: StreamHandle,
  ) {}

  /** The dial of a handle; a handle that has none yet becomes a stand-in. */
  static of(socket: net.Socket, handle: StreamHandle): SocketDial {
    const existing = pendingOf(handle);
    if (existing instanceof SocketDial) return existing;
    const dial = new SocketDial(socket, handle);
    // An established handle answers EISCONN by itself.
    if (!isEstablished(handle)) standIn(handle, dial);
    return dial;
  }

  /** Node's connect is under way; its call to the handle will be about this. */
  enqueue(job: Job): void {
    this.jobs.push(job);
    if (job.ownLookup) onNewHandle(this.socket, (handle) => this.follow(handle));
  }

  /** Node tries the next address that the program's lookup has found, on a new handle. */
  private follow(handle: StreamHandle): void {
    this.handle = handle;
    this.dial = undefined;
    this.done = false;
    standIn(handle, this);
    if (!this.ref) handle.unref();
  }

  bind(address: string, port: number | undefined): void {
    if (leavesFromOwnPort(this.socket)) {
      this.ownPort = port;
      return;
    }
    // A bind that claims neither an interface nor a port binds nothing that anybody could miss.
    if (port || !isWildcard(address)) this.claimed = { host: address, port: port ?? 0 };
  }

  connect(request: ConnectRequest): number {
    if (this.dial) return UV_EALREADY;
    if (this.handle.getpeername?.({}) === 0) return UV_EISCONN;
    // Node comes back with each address that a lookup has found: that is still the same job.
    const asked = this.jobs.length > 1 ? this.jobs.shift()! : this.jobs[0]!;
    const { destination, route, settings } = withAddress(asked, request.address!);
    if (!(route instanceof SocksError) && route.kind === "direct") {
      announce(this.socket, destination, route);
      return connectDirectly(this.handle, request);
    }
    const failure = objection(destination, route, this.claimed);
    if (failure || !settings || route instanceof SocksError || route.kind !== "proxies") {
      process.nextTick(() => this.fail(request, failure!));
      return 0;
    }
    announce(this.socket, destination, route);
    this.dial = new Dial(
      { command: "connect", destination, chains: route.chains },
      settings,
      {
        established: (grant) => this.established(request, destination, grant),
        failed: (error) => this.fail(request, error),
      },
      (chain) => this.inPlace(request, chain),
    );
    if (!this.ref) this.dial.reference(false);
    this.dial.start();
    return 0;
  }

  closed(): void {
    if (!this.done) this.dial?.abort();
    this.done = true;
  }

  referenced(yes: boolean): void {
    this.ref = yes;
    this.dial?.reference(yes);
  }

  /**
   * The handshake on the socket's own handle, where that is possible. A socket made with `onread` has had its
   * buffer put under its handle already, which cannot be undone.
   */
  private inPlace(request: ConnectRequest, chain: readonly Proxy[]): Carrier | undefined {
    const proxy = chain[0]!;
    const hasBuffer = kBuffer && internals(this.socket)[kBuffer];
    if (!hasBuffer && HandleCarrier.serves(this.handle, chain))
      return new HandleCarrier(this.handle, request, proxy);
    return this.ownPort && proxy.transport === "tcp" ? new SocketCarrier(proxy, this.ownPort) : undefined;
  }

  private fail(request: ConnectRequest, error: SocksError): void {
    if (this.done) return;
    this.done = true;
    const tries = (this.socket as { autoSelectFamilyAttemptedAddresses?: string[] })
      .autoSelectFamilyAttemptedAddresses;
    // Of several addresses Node collects the errors, and tries the next.
    if (tries && this.jobs[0]?.ownLookup && error.stage === "destination" && error.errno !== undefined)
      return request.oncomplete(error.errno, this.handle, request, false, false);
    this.socket.destroy(error);
  }

  /** Puts the connection under the socket and lets Node finish its connect. */
  private established(request: ConnectRequest, destination: Endpoint, { handle, bound, rest }: Grant): void {
    this.done = true;
    const { socket } = this;
    describeHandle(handle, destination, bound, rest.length);
    const secure = socket instanceof tls.TLSSocket;
    onNewHandle(socket, undefined);
    if (handle !== this.handle) {
      if (secure) adoptUnderTLS(socket, handle);
      else adoptHandle(socket, handle);
      if (!this.ref) handle.unref();
    }
    request.oncomplete(0, internals(socket)._handle, request, true, true);
    if (secure) deliverToTLS(socket, rest);
    else deliver(socket, rest);
  }
}
