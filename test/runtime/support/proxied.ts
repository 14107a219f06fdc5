import assert from "node:assert/strict";
import { once } from "node:events";
import type net from "node:net";
import { after, afterEach, before } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { SOCKSinit, type SocksOptions } from "@tsocksify/runtime";
import { createSockd, type Sockd, type SockdOptions } from "tsocksify/sockd";

/** Names that only the proxy knows: who resolves one here gets nowhere. */
const hosts = { "plain.test": "127.0.0.1", "secure.test": "127.0.0.1", "other.test": "127.0.0.1" };

/** One SOCKS proxy for the tests of a file, the runtime configured to use it, and the servers behind it. */
export class Proxied {
  sockd!: Sockd;
  readonly #accepted = new Map<net.Server, number>();
  readonly #ends: (() => void)[] = [];

  /**
   * Call it at the top of a file; everything ends with its tests. After each of them, the servers must have
   * accepted as many connections as the proxy made to them: one more, and something went direct.
   *
   * @param options of SOCKSinit, beside `proxy`
   */
  constructor(options: SocksOptions = {}, sockdOptions: SockdOptions = {}) {
    before(async () => {
      this.sockd = await createSockd({ hosts, ...sockdOptions }).listen();
      SOCKSinit("test", { proxy: this.sockd.url, ...options });
    });
    afterEach(() => this.assertNothingDirect());
    after(() => {
      for (const end of this.#ends) end();
      return this.sockd.close({ grace: 0 });
    });
  }

  /** Listens on a free port of loopback until the tests are over. @returns the port */
  async listen(server: net.Server): Promise<number> {
    const sockets = new Set<net.Socket>();
    this.#accepted.set(server, 0);
    server.on("connection", (socket: net.Socket) => {
      this.#accepted.set(server, this.#accepted.get(server)! + 1);
      sockets.add(socket);
      socket.once("close", () => sockets.delete(socket)).on("error", () => {});
    });
    this.#ends.push(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return (server.address() as net.AddressInfo).port;
  }

  /** Connections the proxy has made, in all or to one `host:port` as it was asked for. */
  connects(destination?: string): number {
    const { connects } = this.sockd.counters;
    if (destination !== undefined) return connects[destination] ?? 0;
    return Object.values(connects).reduce((sum, count) => sum + count, 0);
  }

  async assertNothingDirect(): Promise<void> {
    const accepted = () => [...this.#accepted.values()].reduce((sum, count) => sum + count, 0);
    // The last connection may still be on its way through this process.
    for (let wait = 0; accepted() !== this.connects() && wait < 50; wait++) await sleep(10);
    assert.equal(accepted(), this.connects(), "the servers have seen other connections than the proxy's");
  }
}
