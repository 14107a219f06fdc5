import net from "node:net";

export type Ports = Record<"echo" | "source" | "idle", number>;

// A process of its own for everything that is not measured: an echo server, a server that sends without end, and a
// proxy that grants every request and connects nowhere (for many idle connections).
const echo = net.createServer({ noDelay: true }, (socket) => socket.on("error", () => {}).pipe(socket));
const block = Buffer.alloc(1 << 20);
const source = net.createServer((socket) => {
  socket.on("error", () => {});
  const pump = (): void => {
    while (!socket.destroyed && socket.write(block));
  };
  socket.on("drain", pump);
  pump();
});
const grant = Buffer.from([5, 0, 5, 0, 0, 1, 127, 0, 0, 1, 0, 80]);
const idle = net.createServer((socket) =>
  socket.on("error", () => {}).once("data", () => socket.write(grant)),
);

const servers = { echo, source, idle };
const ports: Record<string, number> = {};
for (const [name, server] of Object.entries(servers))
  server.listen({ port: 0, host: "127.0.0.1", backlog: 4096 }, () => {
    ports[name] = (server.address() as net.AddressInfo).port;
    if (Object.keys(ports).length === 3) process.send!(ports);
  });
process.on("disconnect", () => process.exit());
