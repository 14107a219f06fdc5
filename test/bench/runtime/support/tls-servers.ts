import { once } from "node:events";
import type { AddressInfo } from "node:net";
import tls from "node:tls";
import { createSockd } from "tsocksify/sockd";
import { server as certificate } from "../../../runtime/support/certificates";

/** The SOCKS proxy and the TLS server of the benchmarks of TLS. */
export interface Servers {
  proxy: string;
  port: number;
}

/** A client sends a number of bytes as text and a newline, and receives as many. */
async function main(): Promise<void> {
  const block = Buffer.alloc(1 << 20, "x");
  const server = tls.createServer(certificate, (socket) => {
    socket.on("error", () => {});
    socket.once("data", (request: Buffer) => {
      let left = Number(request.toString());
      const send = () => {
        while (left > 0) {
          const bytes = block.subarray(0, Math.min(left, block.length));
          left -= bytes.length;
          if (!socket.write(bytes)) return socket.once("drain", send);
        }
        socket.end();
      };
      send();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const sockd = await createSockd().listen();
  const message: Servers = { proxy: sockd.url, port: (server.address() as AddressInfo).port };
  process.send!(message);
}

void main();
