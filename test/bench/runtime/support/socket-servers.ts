import net from "node:net";

export type Ports = Record<"echo" | "source" | "idle" | "granting", number>;

// A process of its own for everything that is not measured: an echo server, a server that sends without end, a proxy that
// grants everything, answers requests of HTTP and connects nowhere (for many idle connections), and one that is the destination, too, and sends
// back what comes (so that next to nothing passes but what the client does).
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
const response = "HTTP/1.1 204 No Content\r\nConnection: keep-alive\r\n\r\n";
const idle = net.createServer((socket) =>
  socket.on("error", () => {}).on("data", ([first]) => socket.write(first === 5 ? grant : response)),
);

const [METHOD, REPLY] = [grant.subarray(0, 2), grant.subarray(2)];
/** Greeting, and request for an IPv4 address. */
const [GREETING, REQUEST] = [3, 10];
const granting = net.createServer({ noDelay: true }, (socket) => {
  let received = 0;
  socket
    .on("error", () => {})
    .on("data", (bytes) => {
      const before = received;
      received += bytes.length;
      const passed = (length: number) => before < length && received >= length;
      const answers = [
        ...(passed(GREETING) ? [METHOD] : []),
        ...(passed(GREETING + REQUEST) ? [REPLY] : []),
        bytes.subarray(Math.max(0, GREETING + REQUEST - before)),
      ];
      socket.write(Buffer.concat(answers));
    });
});

const servers = { echo, source, idle, granting };
const ports: Record<string, number> = {};
for (const [name, server] of Object.entries(servers))
  server.listen({ port: 0, host: "127.0.0.1", backlog: 4096 }, () => {
    ports[name] = (server.address() as net.AddressInfo).port;
    if (Object.keys(ports).length === Object.keys(servers).length) process.send!(ports);
  });
process.on("disconnect", () => process.exit());
