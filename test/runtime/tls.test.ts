import assert from "node:assert/strict";
import { once } from "node:events";
import net from "node:net";
import { before, test } from "node:test";
import tls from "node:tls";
import { Rconnect, Rtls } from "@tsocksify/runtime";
import * as certificates from "./support/certificates";
import { Proxied } from "./support/proxied";
import { text } from "./support/text";

const { ca } = certificates;
const proxied = new Proxied();
let port: number;
const seen: { servername: string | false | null; authorized: boolean }[] = [];

before(async () => {
  const echo = tls.createServer(
    {
      ...certificates.server,
      ca,
      ALPNProtocols: ["echo/2", "echo/1"],
      requestCert: true,
      rejectUnauthorized: false,
      // Without one, OpenSSL resumes no session of a client that was asked for its certificate.
      sessionIdContext: "echo",
    },
    (socket) => {
      seen.push({
        servername: (socket as { servername?: string }).servername ?? null,
        authorized: socket.authorized,
      });
      socket.on("error", () => {}).pipe(socket);
    },
  );
  port = await proxied.listen(echo);
});

/** A connected echo: sends `data`, ends, and reads everything. */
async function exchange(socket: tls.TLSSocket, data = "hello"): Promise<string> {
  socket.end(data);
  return text(socket);
}

test("the name reaches the proxy unresolved, and the server as SNI", async () => {
  const before = proxied.connects(`secure.test:${port}`);
  const socket = Rtls.connect({ host: "secure.test", port, ca, servername: "secure.test" });
  assert.ok(socket instanceof tls.TLSSocket);
  assert.equal(socket.connecting, true);
  await once(socket, "secureConnect");
  assert.equal(socket.authorized, true);
  assert.equal(socket.encrypted, true);
  assert.equal(await exchange(socket), "hello");
  assert.equal(seen.at(-1)!.servername, "secure.test");
  assert.equal(proxied.connects(`secure.test:${port}`), before + 1);
});

test("every argument form of tls.connect works, and calls back on secureConnect", async () => {
  const options = { ca, servername: "secure.test" };
  const forms: ((done: () => void) => tls.TLSSocket)[] = [
    (done) => Rtls.connect(port, "secure.test", options, done),
    (done) => Rtls.connect(port, { ...options, host: "secure.test" }, done),
    (done) => Rtls.connect({ ...options, port, host: "secure.test" }, done),
  ];
  for (const form of forms) {
    const socket = await new Promise<tls.TLSSocket>((resolve, reject) => {
      const socket = form(() => resolve(socket));
      socket.on("error", reject);
    });
    assert.equal(await exchange(socket), "hello");
  }
});

test("a certificate is checked against the name that only the proxy can resolve", async () => {
  const socket = Rtls.connect({ host: "plain.test", port, ca });
  const [error] = (await once(socket, "error")) as [NodeJS.ErrnoException];
  assert.equal(error.code, "ERR_TLS_CERT_ALTNAME_INVALID");
  assert.match(error.message, /plain\.test/);
});

test("an address is checked against the certificate's addresses", async () => {
  const socket = Rtls.connect({ host: "127.0.0.1", port, ca });
  await once(socket, "secureConnect");
  assert.equal(await exchange(socket), "hello");
});

test("an unknown authority is an error, unless the caller does not mind", async () => {
  const refused = Rtls.connect({ host: "secure.test", port });
  const [error] = (await once(refused, "error")) as [NodeJS.ErrnoException];
  assert.match(error.code!, /SELF_SIGNED|UNABLE_TO/);
  const accepted = Rtls.connect({ host: "secure.test", port, rejectUnauthorized: false });
  await once(accepted, "secureConnect");
  assert.equal(accepted.authorized, false);
  assert.equal(await exchange(accepted), "hello");
});

test("ALPN is negotiated through the proxy", async () => {
  const socket = Rtls.connect({ host: "secure.test", port, ca, ALPNProtocols: ["echo/1"] });
  await once(socket, "secureConnect");
  assert.equal(socket.alpnProtocol, "echo/1");
  socket.destroy();
});

test("a session is resumed on the next connection", async () => {
  for (const maxVersion of ["TLSv1.2", "TLSv1.3"] as const) {
    const options = { host: "secure.test", port, ca, servername: "secure.test", maxVersion };
    const first = Rtls.connect(options);
    const sessions = once(first, "session");
    first.write("hello");
    const [session] = (await sessions) as [Buffer];
    assert.equal(first.isSessionReused(), false);
    first.end();
    assert.equal(await text(first), "hello");
    const second = Rtls.connect({ ...options, session });
    await once(second, "secureConnect");
    assert.equal(second.isSessionReused(), true, maxVersion);
    assert.equal(await exchange(second), "hello");
  }
});

test("a client certificate is presented", async () => {
  const socket = Rtls.connect({ host: "secure.test", port, ca, ...certificates.client });
  await once(socket, "secureConnect");
  assert.equal(await exchange(socket), "hello");
  assert.equal(seen.at(-1)!.authorized, true);
});

test("keylog listeners from before the connection hear the key material", async () => {
  const socket = Rtls.connect({ host: "secure.test", port, ca });
  let lines = 0;
  socket.on("keylog", () => lines++);
  await exchange(socket);
  assert.ok(lines > 0);
});

test("what is written before the connection stands arrives once, in order", async () => {
  const socket = Rtls.connect({ host: "secure.test", port, ca });
  socket.write("one ");
  socket.write("two ");
  socket.end("three");
  assert.equal(await text(socket), "one two three");
});

test("the byte counters are TLS's, and the peer is the destination", async () => {
  const socket = Rtls.connect({ host: "secure.test", port, ca });
  await once(socket, "secureConnect");
  assert.equal(socket.remotePort, port);
  assert.equal(socket.remoteAddress, "secure.test");
  assert.equal(await exchange(socket, "x".repeat(1000)), "x".repeat(1000));
  assert.equal(socket.bytesRead, 1000);
  assert.equal(socket.bytesWritten, 1000);
});

test("a megabyte arrives whole in both directions", async () => {
  const socket = Rtls.connect({ host: "secure.test", port, ca });
  const sent = Buffer.alloc(1 << 20, "abcdefg").toString();
  assert.equal(await exchange(socket, sent), sent);
});

test("a TLSSocket that is made first connects through the proxy as well", async () => {
  const socket = new tls.TLSSocket(undefined as never, { secureContext: tls.createSecureContext({ ca }) });
  Rconnect(socket, { host: "secure.test", port });
  await once(socket, "connect");
  assert.equal(socket.remoteAddress, "secure.test");
  socket.destroy();
});

test("with the option socket nothing is dialled: TLS runs over the socket given, connected or not yet", async () => {
  for (const wait of [true, false]) {
    const before = proxied.connects();
    const raw = Rconnect({ host: "secure.test", port });
    if (wait) await once(raw, "connect");
    const socket = Rtls.connect({ socket: raw, ca, servername: "secure.test" });
    await once(socket, "secureConnect");
    assert.equal(await exchange(socket), "hello");
    assert.equal(proxied.connects(), before + 1);
  }
});

test("TLSSocket goes over a socket that is connected or not yet, with new and as a base class", async () => {
  class Derived extends Rtls.TLSSocket {}
  const secureContext = tls.createSecureContext({ ca });
  for (const Class of [Rtls.TLSSocket, Derived])
    for (const wait of [true, false]) {
      const raw = Rconnect({ host: "secure.test", port });
      if (wait) await once(raw, "connect");
      const socket = new Class(raw, { secureContext });
      assert.ok(socket instanceof Class && socket instanceof tls.TLSSocket);
      assert.equal(socket.connecting, !wait);
      assert.equal(await exchange(socket), "hello");
    }
  assert.ok(new tls.TLSSocket(new net.Socket()) instanceof Rtls.TLSSocket);
});

test("a server that ends first is no error, also where the socket given was not connected yet", async () => {
  const brief = await proxied.listen(tls.createServer(certificates.server, (socket) => socket.end("bye")));
  for (const wait of [true, false]) {
    const raw = Rconnect({ host: "secure.test", port: brief });
    if (wait) await once(raw, "connect");
    const socket = Rtls.connect({ socket: raw, ca, servername: "secure.test" });
    let received = "";
    socket.on("data", (bytes) => (received += String(bytes)));
    await once(socket, "close");
    assert.equal(received, "bye");
    if (!raw.closed) await once(raw, "close");
  }
});

test("with a signal that is aborted already, nothing is dialled", async () => {
  const before = proxied.connects();
  const signal = AbortSignal.abort();
  const socket = Rtls.connect({ host: "secure.test", port, ca, signal } as tls.ConnectionOptions);
  const [error] = (await once(socket, "error")) as [Error];
  assert.equal(error.name, "AbortError");
  assert.equal(socket.destroyed, true);
  // The proxy would hear of it before it hears of this one.
  await exchange(Rtls.connect({ host: "secure.test", port, ca }));
  assert.equal(proxied.connects(), before + 1);
});

test("a signal and destroy() end the connection at any stage", async () => {
  const controller = new AbortController();
  const aborted = Rtls.connect({
    host: "secure.test",
    port,
    ca,
    signal: controller.signal,
  } as tls.ConnectionOptions);
  controller.abort();
  const [error] = (await once(aborted, "error")) as [Error];
  assert.equal(error.name, "AbortError");

  const destroyed = Rtls.connect({ host: "secure.test", port, ca });
  destroyed.destroy();
  await once(destroyed, "close");

  const later = Rtls.connect({ host: "secure.test", port, ca });
  await once(later, "connect");
  later.destroy();
  await once(later, "close");
});

test("the proxy's refusal is the error of the TLSSocket", async () => {
  const { port: closed } = await new Promise<net.AddressInfo>((resolve) => {
    const server = net.createServer().listen(0, "127.0.0.1", () => {
      const address = server.address() as net.AddressInfo;
      server.close(() => resolve(address));
    });
  });
  const socket = Rtls.connect({ host: "secure.test", port: closed, ca });
  const [error] = (await once(socket, "error")) as [
    NodeJS.ErrnoException & { address: string; port: number },
  ];
  assert.equal(error.code, "ECONNREFUSED");
  assert.equal(error.address, "secure.test");
  assert.equal(error.port, closed);
});

test("a server that does not speak TLS is an error of TLS, not silence", async () => {
  const banner = await proxied.listen(net.createServer((socket) => socket.end("220 hello\r\n")));
  const socket = Rtls.connect({ host: "secure.test", port: banner, ca });
  const [error] = (await once(socket, "error")) as [NodeJS.ErrnoException];
  assert.match(String(error.code), /^ERR_SSL|EPROTO|ECONNRESET/);
});

test("no trace is left on Node's prototypes", async () => {
  const { connect } = net.Socket.prototype;
  const socket = Rtls.connect({ host: "secure.test", port, ca });
  assert.equal(net.Socket.prototype.connect, connect);
  assert.throws(() => Rtls.connect({ host: "secure.test", port: -1, ca }), { code: "ERR_SOCKET_BAD_PORT" });
  assert.equal(net.Socket.prototype.connect, connect);
  assert.equal(Object.hasOwn(tls.TLSSocket.prototype, "connect"), false);
  socket.destroy();
  await once(socket, "close");
});
