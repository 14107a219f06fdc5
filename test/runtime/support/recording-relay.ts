import { once } from "node:events";
import net from "node:net";

/** A relay in front of a proxy that keeps what each client sends, read by read. */
export interface RecordingRelay {
  port: number;
  /** One list of reads for each connection. */
  reads: Buffer[][];
  close(): void;
}

/** @param port of the proxy on loopback */
export async function recordingRelay(port: number): Promise<RecordingRelay> {
  const reads: Buffer[][] = [];
  const sockets: net.Socket[] = [];
  const server = net.createServer((client) => {
    const own: Buffer[] = [];
    reads.push(own);
    const proxy = net.connect({ port, host: "127.0.0.1", noDelay: true });
    sockets.push(client.setNoDelay(true), proxy);
    client.on("error", () => {}).on("data", (bytes) => own.push(bytes));
    client.pipe(proxy.on("error", () => {})).pipe(client);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as net.AddressInfo).port,
    reads,
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
