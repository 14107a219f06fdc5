import { once } from "node:events";
import net from "node:net";
import { Raccept } from "../bind/raccept";
import { nativeConnect } from "../net/internals";
import type { Transport } from "./descriptor";
import type { RcmdTransport } from "./rcmd";

/** The system's own sockets: what the functions without an R use. */
export const direct: Transport & RcmdTransport = {
  connect: (socket, place) => void nativeConnect.call(socket, place),
  listen: (server, { host, port }, backlog) =>
    void server.listen({ port, backlog, ...(host !== "" && { host }) }),
  dial: (host, port, localPort) => net.connect({ host, port, localPort }),
  async backchannel() {
    const server = net.createServer().listen(0);
    await once(server, "listening");
    return server;
  },
  async accept(server, { remoteAddress }) {
    for (;;) {
      const socket = await Raccept(server);
      if (plain(socket.remoteAddress) === plain(remoteAddress)) return socket;
      socket.destroy();
    }
  },
};

/** An IPv4 address as such, which a server for both families shows in IPv6's notation. */
const plain = (address: string | undefined): string | undefined => address?.replace(/^::ffff:/, "");
