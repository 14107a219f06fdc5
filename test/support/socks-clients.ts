import { EventEmitter, once } from "node:events";
import type { ClientRequest } from "node:http";
import type net from "node:net";
import { Rconnect } from "@tsocksify/runtime";
import { SocksClient } from "socks";
import { SocksProxyAgent } from "socks-proxy-agent";

/** Connects to a port of loopback, writes one byte and waits for the answer. */
export type Exchange = (port: number) => Promise<net.Socket>;

const host = "127.0.0.1";

async function exchanged(socket: net.Socket): Promise<net.Socket> {
  await once(socket, "data");
  return socket;
}

/**
 * The same exchange by each client, as its documentation shows it. Those of ours go where SOCKSinit says.
 *
 * @param proxy the port of a SOCKS5 proxy on loopback
 */
export function socksClients(proxy: number) {
  const agent = new SocksProxyAgent(`socks5://${host}:${proxy}`);
  return {
    async Rconnect(port) {
      const socket = Rconnect(port, host);
      await once(socket, "connect");
      socket.write("x");
      return exchanged(socket);
    },
    async "Rconnect with early data"(port) {
      const socket = Rconnect({ host, port, earlyData: true });
      socket.write("x");
      return exchanged(socket);
    },
    async SocksClient(port) {
      const { socket } = await SocksClient.createConnection({
        proxy: { host, port: proxy, type: 5 },
        command: "connect",
        destination: { host, port },
      });
      socket.write("x");
      return exchanged(socket);
    },
    async "socks-proxy-agent"(port) {
      const request = new EventEmitter() as ClientRequest;
      const socket = await agent.connect(request, { host, port, secureEndpoint: false });
      socket.write("x");
      return exchanged(socket);
    },
  } satisfies Record<string, Exchange>;
}
