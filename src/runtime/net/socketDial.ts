import net from "node:net";
import tls from "node:tls";
import { getSystemErrorMap } from "node:util";
import type { Settings } from "../config/settings";
import { SocksError } from "../errors/SocksError";
import type { Endpoint } from "../protocol/address";
import type { Route } from "../routes/route";
import { adoptUnderTLS, deliverToTLS } from "../tls/handle";
import type { Proxy } from "../routes/proxy";
import { announce } from "./announce";
import type { Carrier } from "./carrier";
import { deliver } from "./deliver";
import { Dial, type Grant } from "./dial";
import { HandleCarrier } from "./handleCarrier";
import { describeHandle, isEstablished, UV_EISCONN } from "./established";
import {
  adoptHandle,
  canAdoptHandles,
  internals,
  kBuffer,
  type ConnectRequest,
  type StreamHandle,
} from "./internals";
import { pendingOf, standIn, type Pending } from "./pending";

/** One call of connect: where to, and which way, as the configuration said at that moment. */
export type Job = {
  destination: Endpoint;
  /** A lookup function of the program's own finds the address to connect to. */
  ownLookup: boolean;
} & (
  | { route: Route; settings: Settings }
  | { route: { kind: "failed"; error: SocksError }; settings?: undefined }
);

const UV_EALREADY = [...getSystemErrorMap()].find(([, [name]]) => name === "EALREADY")![0];

/** The dial under one connecting socket. It is the stand-in's other half, and lives as long as that does. */
export class SocketDial implements Pending {
  private readonly jobs: Job[] = [];
  private dial: Dial | undefined;
  private done = false;
  private ref = true;
  private claimed: Endpoint | undefined;

  private constructor(
    private readonly socket: net.Socket,
    private readonly handle: StreamHandle,
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
  }

  bind(address: string, port: number): void {
    // A bind that claims neither an interface nor a port binds nothing that anybody could miss.
    if (port || (address !== "0.0.0.0" && address !== "::")) this.claimed = { host: address, port };
  }

  connect(request: ConnectRequest): number {
    if (this.dial) return UV_EALREADY;
    if (this.handle.getpeername?.({}) === 0) return UV_EISCONN;
    const job = this.jobs.shift();
    const failure = this.objection(job);
    if (failure || !job?.settings || job.route.kind !== "proxies") {
      process.nextTick(() => this.fail(failure!));
      return 0;
    }
    const { route, settings } = job;
    const destination = job.ownLookup
      ? { host: request.address!, port: job.destination.port }
      : job.destination;
    announce(this.socket, destination, route);
    this.dial = new Dial(
      { command: "connect", destination, chains: route.chains },
      settings,
      {
        established: (grant) => this.established(request, destination, grant),
        failed: (error) => this.fail(error),
      },
      (proxy) => this.inPlace(request, proxy),
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

  /** Why this job cannot be dialled at all. */
  private objection(job: Job | undefined): SocksError | undefined {
    const place = job && { address: job.destination.host, port: job.destination.port };
    if (!job || !canAdoptHandles)
      return new SocksError({
        ...place,
        code: "ESOCKSNODE",
        stage: "configuration",
        reason: `Node ${process.version} does not work as this version of @tsocksify/runtime expects`,
        remedy: "Update @tsocksify/runtime; nothing was connected directly instead.",
      });
    if (job.route.kind === "failed") {
      const { code, stage, reason, remedy } = job.route.error;
      return new SocksError({ ...place, code, stage, reason, remedy });
    }
    if (job.route.kind === "deny")
      return new SocksError({
        ...place,
        code: "EACCES",
        stage: "configuration",
        reason: `a rule denies this destination (${job.route.rule})`,
        remedy: "Change the rule, if the connection is wanted.",
      });
    if (this.claimed)
      return new SocksError({
        ...place,
        code: "EADDRNOTAVAIL",
        syscall: "bind",
        stage: "configuration",
        reason: `localAddress/localPort ask for ${this.claimed.host}:${this.claimed.port}, which is the proxy's to choose`,
        remedy: "Delete these options, or exempt the destination with NO_PROXY.",
      });
    return undefined;
  }

  /**
   * The handshake on the socket's own handle, where that is possible. A socket made with `onread` has had its
   * buffer put under its handle already, which cannot be undone.
   */
  private inPlace(request: ConnectRequest, proxy: Proxy): Carrier | undefined {
    if (kBuffer && internals(this.socket)[kBuffer]) return undefined;
    return HandleCarrier.serves(this.handle, proxy)
      ? new HandleCarrier(this.handle, request, proxy)
      : undefined;
  }

  private fail(error: SocksError): void {
    if (this.done) return;
    this.done = true;
    this.socket.destroy(error);
  }

  /** Puts the connection under the socket and lets Node finish its connect. */
  private established(request: ConnectRequest, destination: Endpoint, { handle, bound, rest }: Grant): void {
    this.done = true;
    const { socket } = this;
    describeHandle(handle, destination, bound, rest.length);
    const secure = socket instanceof tls.TLSSocket;
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
