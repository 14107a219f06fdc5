import { createHash } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createSecureServer, createServer as createHttp2Server } from "node:http2";
import { createServer as createHttpsServer } from "node:https";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { createServer as createTlsServer } from "node:tls";
import type { Duplex } from "node:stream";

const certificates = join(__dirname, "../runtime/certificates");
const key = readFileSync(join(certificates, "server-key.pem"));
const cert = readFileSync(join(certificates, "server.pem"));

/** For NODE_EXTRA_CA_CERTS. */
export const authority = join(certificates, "ca.pem");

export const hello = "hello from the target";

const names = ["tcp", "back", "tls", "http", "https", "h2c", "h2"] as const;

export interface Targets {
  ports: Record<(typeof names)[number], number>;
  /** TCP connections that all of them together have accepted. */
  connections(): number;
  stop(): void;
}

/** Servers that say {@link hello}, one for each protocol, and count their connections. */
export async function startTargets(host = "127.0.0.1"): Promise<Targets> {
  // One connection a request, so that each API's can be counted: fetch and WebSocket share what is kept alive.
  const answer = (_: unknown, response: ServerResponse): void =>
    void response.writeHead(200, { connection: "close" }).end(hello);
  const http = createHttpServer(answer).on("upgrade", webSocketHello);
  const servers: Record<(typeof names)[number], Server> = {
    tcp: createServer((socket) => socket.end(hello)),
    back: createServer((socket) => socket.once("data", callBack)),
    tls: createTlsServer({ key, cert }, (socket) => socket.end(hello)),
    http,
    https: createHttpsServer({ key, cert }, answer),
    h2c: createHttp2Server((_, response) => response.end(hello)),
    h2: createSecureServer({ key, cert }, (_, response) => response.end(hello)),
  };
  const sockets = new Set<Socket>();
  let connections = 0;
  const ports = {} as Targets["ports"];
  for (const name of names) {
    const server = servers[name];
    server.on("connection", (socket: Socket) => {
      connections++;
      sockets.add(socket.on("error", () => {}).on("close", () => sockets.delete(socket)));
    });
    server.on("tlsClientError", () => {});
    server.listen(0, host);
    await once(server, "listening");
    ports[name] = (server.address() as AddressInfo).port;
  }
  const stop = () => {
    for (const server of Object.values(servers)) server.close();
    for (const socket of sockets) socket.destroy();
  };
  return { ports, connections: () => connections, stop };
}

/** "address port": says hello there, as a server of FTP's active mode. */
function callBack(told: Buffer): void {
  const [host, port] = String(told).trim().split(" ");
  const socket = connect(Number(port), host).on("error", () => {});
  socket.end(hello);
}

/** RFC 6455: accepts, sends one text frame, and answers the client's close frame. */
function webSocketHello(request: IncomingMessage, socket: Duplex): void {
  const accept = createHash("sha1")
    .update(`${request.headers["sec-websocket-key"]}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
    .digest("base64");
  const head = ["HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade"];
  socket.write(`${[...head, `Sec-WebSocket-Accept: ${accept}`].join("\r\n")}\r\n\r\n`);
  socket.write(Buffer.concat([Uint8Array.of(0x81, hello.length), Buffer.from(hello)]));
  socket.once("data", () => socket.end(Uint8Array.of(0x88, 0)));
}
