import net from "node:net";

// A process of its own: a link to a port of loopback, the argument, on which everything takes a while in each direction,
// except TCP's own handshake with this end.
const [port, milliseconds] = process.argv.slice(2).map(Number) as [number, number];

function forward(from: net.Socket, to: net.Socket): void {
  const later = (act: () => void) => setTimeout(act, milliseconds);
  from.on("error", () => {});
  from.on("data", (bytes) => later(() => to.write(bytes)));
  from.on("close", () => later(() => to.destroy()));
}

const link = net.createServer({ noDelay: true }, (near) => {
  const far = net.connect({ port, host: "127.0.0.1", noDelay: true });
  forward(near, far);
  forward(far, near);
});
link.listen(0, "127.0.0.1", () => process.send!((link.address() as net.AddressInfo).port));
process.on("disconnect", () => process.exit());
