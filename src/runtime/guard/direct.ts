import { subscribe, unsubscribe } from "node:diagnostics_channel";
import net from "node:net";
import type { ConnectMessage } from "../net/announce";
import type { Endpoint } from "../protocol/address";

const CHANNEL = "tsocksify.connect";

/** The connections that a rule made direct, as the dialler announces them. */
export class DirectRoutes {
  private readonly destinations = new WeakMap<object, Endpoint>();
  private readonly names = new Set<string>();

  constructor() {
    subscribe(CHANNEL, this.onConnect);
  }

  close(): void {
    unsubscribe(CHANNEL, this.onConnect);
  }

  /** Whether this dial is the one that was announced for `socket`. */
  permit(socket: object, address: string, port: number): boolean {
    const destination = this.destinations.get(socket);
    if (!destination || destination.port !== port) return false;
    return net.isIP(destination.host) === 0 || destination.host === address;
  }

  /** Whether a rule makes connections to that name direct, so that this machine resolves it. */
  resolves(name: string): boolean {
    return this.names.has(name);
  }

  private readonly onConnect = (message: unknown): void => {
    const { socket, destination, via } = message as ConnectMessage;
    if (via !== "direct") return;
    this.destinations.set(socket, destination);
    this.names.add(destination.host);
  };
}
