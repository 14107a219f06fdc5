import type net = require("node:net");
import tls = require("node:tls");
import { errnoOf } from "../errors/codes";
import { SocksError } from "../errors/SocksError";
import type { Endpoint } from "../protocol/address";
import type { Proxy } from "../routes/proxy";
import { adoptUnderTLS, deliverToTLS } from "../tls/handle";
import { announce } from "./announce";
import type { Carrier } from "./carrier";
import { deliver } from "./deliver";
import { Dial, type DialEvents, type Grant } from "./dial";
import { earlyData, expectEarlyWrite } from "./earlyData";
import { describeHandle, isEstablished, UV_EISCONN } from "./established";
import { HandleCarrier } from "./handleCarrier";
import {
  adoptHandle,
  internals,
  kBuffer,
  onNewHandle,
  type ConnectRequest,
  type SocketName,
  type StreamHandle,
} from "./internals";
import { allowsEarlyData, withAddress, type Job } from "./job";
import { isWildcard, objection } from "./objection";
import { leavesFromOwnPort } from "./ownPort";
import { connectDirectly, pendingOf, standIn, stopStandingIn, type Pending } from "./pending";
import { SocketCarrier } from "./socketCarrier";

const UV_EALREADY = errnoOf("EALREADY")!;

/** The dial under one connecting socket. It is the stand-in's other half, and lives as long as that does. */
export class SocketDial implements Pending, DialEvents {
  private readonly jobs: Job[] = [];
  private dial: Dial | undefined;
  private done = false;
  private ref = true;
  /** Whether it is told of new handles under the socket. */
  private follows = false;
  private claimed: Endpoint | undefined;
  /** Of the addresses that a lookup has found, so far. */
  private failures: SocksError[] | undefined;
  private ownPort: number | undefined;
  /** Node's, for the dial under way. */
  private request!: ConnectRequest;
  private destination!: Endpoint;

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

  /** As {@link of}, of a handle that the socket had before its connect: what that is bound to, it claims. */
  static ofGiven(socket: net.Socket, handle: StreamHandle): SocketDial {
    const dial = SocketDial.of(socket, handle);
    if (dial.jobs.length === 0) dial.claimed = boundTo(handle);
    return dial;
  }

  /** Node's connect is under way; its call to the handle will be about this. */
  enqueue(job: Job): void {
    this.jobs.push(job);
    if (!job.ownLookup) return;
    this.follows = true;
    onNewHandle(this.socket, (handle) => this.follow(handle));
  }

  /** Node does not accept the connect that was enqueued last. */
  withdraw(): void {
    this.jobs.pop();
    if (this.jobs.length === 0 && pendingOf(this.handle) === this) stopStandingIn(this.handle);
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
    this.request = request;
    // Node comes back with each address that a lookup has found: that is still the same job.
    const asked = this.jobs.length > 1 ? this.jobs.shift()! : this.jobs[0]!;
    const { destination, route, settings } = withAddress(asked, request.address!);
    if (!(route instanceof SocksError) && route.kind === "direct") {
      announce(this.socket, destination, route);
      return connectDirectly(this.handle, request);
    }
    const failure = objection(destination, route, this.claimed);
    if (failure || !settings || route instanceof SocksError || route.kind !== "proxies") {
      process.nextTick(() => this.failed(failure!));
      return 0;
    }
    announce(this.socket, destination, route);
    // What a TLSSocket holds back is not what goes over the wire.
    const early = allowsEarlyData(asked) && !(this.socket instanceof tls.TLSSocket);
    this.destination = destination;
    this.dial = new Dial(
      {
        command: "connect",
        destination,
        chains: route.chains,
        early: early ? () => earlyData(this.socket) : undefined,
      },
      // A second try would leave from another port.
      this.ownPort ? { ...settings, pipeline: false } : settings,
      this,
      (chain) => this.inPlace(chain),
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
  private inPlace(chain: readonly Proxy[]): Carrier | undefined {
    const proxy = chain[0]!;
    const hasBuffer = kBuffer && internals(this.socket)[kBuffer];
    if (!hasBuffer && HandleCarrier.serves(this.handle, chain))
      return new HandleCarrier(this.handle, this.request, proxy);
    return this.ownPort && proxy.transport === "tcp" ? new SocketCarrier(proxy, this.ownPort) : undefined;
  }

  /** Of the dial, or because there can be none. */
  failed(error: SocksError): void {
    if (this.done) return;
    this.done = true;
    const { request, socket } = this;
    const tries = (socket as { autoSelectFamilyAttemptedAddresses?: string[] })
      .autoSelectFamilyAttemptedAddresses;
    // Of several addresses Node collects the errors, and tries the next.
    if (!(tries && this.jobs[0]?.ownLookup && isAboutAddress(error) && error.errno !== undefined))
      return this.giveUp(error);
    const failures = (this.failures ??= []);
    failures.push(error);
    request.oncomplete(error.errno, this.handle, request, false, false);
    // Those that it has made of the codes don't say by which proxy, and what to do.
    const { errored } = socket as { errored?: Error | null };
    if (errored instanceof AggregateError && errored.errors.length === failures.length)
      errored.errors = failures;
  }

  /** As `afterConnect` of Node does (lib/net.js). */
  private giveUp(error: SocksError): void {
    const { address, port, addressType } = this.request;
    internals(this.socket).connecting = false;
    this.socket.emit("connectionAttemptFailed", address!, port!, addressType!, error);
    this.socket.destroy(error);
  }

  /** Of the dial: puts the connection under the socket and lets Node finish its connect. */
  established({ handle, bound, rest, early }: Grant): void {
    this.done = true;
    const { socket, request } = this;
    describeHandle(handle, this.destination, bound, rest.length);
    if (early > 0) expectEarlyWrite(handle, early);
    const secure = socket instanceof tls.TLSSocket;
    if (this.follows) onNewHandle(socket, undefined);
    if (handle !== this.handle) {
      if (secure) adoptUnderTLS(socket, handle);
      else adoptHandle(socket, handle);
      if (!this.ref) handle.unref();
    }
    request.oncomplete(0, internals(socket)._handle, request, true, true);
    if (handle === this.handle) stopUnlessReading(socket, handle);
    if (secure) deliverToTLS(socket, rest);
    else deliver(socket, rest);
  }
}

/** Whether the next address may fare better: the proxy said no, or closed instead of a reply, as ssh -D does. */
function isAboutAddress({ stage, code }: SocksError): boolean {
  return stage === "destination" || (stage === "handshake" && code === "ECONNRESET");
}

/** A socket that is paused when it connects is not read from, as Node has it, until the program reads. */
function stopUnlessReading(socket: net.Socket, handle: StreamHandle): void {
  const { _handle, _readableState } = internals(socket);
  if (_handle !== handle || _readableState.reading) return;
  handle.reading = false;
  handle.readStop();
}

/** Where a handle was bound before it came to us: a `net.BoundSocket` of Node 24 and 26. */
function boundTo(handle: StreamHandle): Endpoint | undefined {
  const name: SocketName = {};
  if (handle.getsockname?.(name) !== 0 || !name.port) return undefined;
  return { host: name.address!, port: name.port };
}
