import assert from "node:assert/strict";
import { once } from "node:events";
import http from "node:http";
import net from "node:net";
import { join } from "node:path";
import { after, before, test } from "node:test";
import tls from "node:tls";
import { Rbind, Rgetsockname, Rlisten, SOCKSinit } from "@tsocksify/runtime";
import { createSockd, type Sockd } from "tsocksify/sockd";
import { node } from "../support/project";
import * as certificates from "./support/certificates";

let sockd: Sockd;

before(async () => {
  sockd = await createSockd().listen();
  SOCKSinit("test", { proxy: sockd.url });
});

after(() => sockd.close({ grace: 0 }));

/** `server`, listening at the proxy. */
async function bound<S extends net.Server>(server: S, ...args: unknown[]): Promise<S> {
  Rlisten.call(Rbind(server, "127.0.0.1"), 0, ...args);
  await once(server, "listening");
  return server;
}

/** The one peer. */
function peerOf(server: net.Server, options: Partial<net.TcpNetConnectOpts> = {}): net.Socket {
  const { address: host, port } = Rgetsockname(server) as net.AddressInfo;
  return net.connect({ host, port, ...options }).on("error", () => {});
}

async function text(stream: AsyncIterable<unknown>): Promise<string> {
  let all = "";
  for await (const bytes of stream) all += String(bytes);
  return all;
}

test("an http.Server serves its peer through BIND", async () => {
  const server = await bound(
    http.createServer(({ url, socket }, response) => response.end(`${url} for ${socket.remoteAddress}`)),
  );
  const { address, port } = Rgetsockname(server) as net.AddressInfo;
  const request = http.get({ host: address, port, path: "/file", agent: false });
  const [response] = (await once(request, "response")) as [http.IncomingMessage];
  assert.equal(await text(response), "/file for 127.0.0.1");
  server.close();
});

test("a tls.Server serves its peer through BIND", async () => {
  const server = await bound(tls.createServer(certificates.server, (socket) => socket.end("secret")));
  const socket = tls.connect({
    socket: peerOf(server),
    ca: certificates.ca,
    checkServerIdentity: () => undefined,
  });
  assert.equal(await text(socket), "secret");
  server.close();
});

test("pauseOnConnect keeps what the peer says first", async () => {
  const server = await bound(net.createServer({ pauseOnConnect: true, allowHalfOpen: true }));
  const peer = peerOf(server, { allowHalfOpen: true });
  peer.end("early");
  const [socket] = (await once(server, "connection")) as [net.Socket];
  assert.deepEqual([socket.isPaused(), socket.readableLength, socket.bytesRead], [true, 0, 0]);
  let heard = "";
  socket.on("data", (bytes) => (heard += String(bytes)));
  socket.resume();
  await once(socket, "end");
  socket.end("late");
  assert.deepEqual([heard, await text(peer)], ["early", "late"]);
  server.close();
});

test("getConnections counts the peer, and 'close' waits for it", async () => {
  const server = await bound(net.createServer());
  const peer = peerOf(server);
  const [socket] = (await once(server, "connection")) as [net.Socket];
  const count = await new Promise((resolve) => server.getConnections((_, count) => resolve(count)));
  assert.equal(count, 1);
  let isClosed = false;
  server.close(() => (isClosed = true));
  await new Promise(setImmediate);
  assert.deepEqual([isClosed, server.listening], [false, false]);
  socket.destroy();
  await once(server, "close");
  peer.destroy();
});

test("maxConnections drops the peer, with its address", async () => {
  const server = net.createServer(() => assert.fail("a connection"));
  server.maxConnections = -1;
  await bound(server);
  const closed = once(peerOf(server).resume(), "close");
  const [dropped] = (await once(server, "drop")) as [net.DropArgument];
  const { address, port } = Rgetsockname(server) as net.AddressInfo;
  assert.deepEqual([dropped.localAddress, dropped.localPort], [address, port]);
  assert.deepEqual([dropped.remoteAddress, dropped.remoteFamily], ["127.0.0.1", "IPv4"]);
  await closed;
  server.close();
});

test("a server at the proxy can be closed, and listen once more; twice at once it cannot", async () => {
  const server = await bound(net.createServer());
  assert.throws(() => Rlisten(server, 0), { code: "ERR_SERVER_ALREADY_LISTEN" });
  server.close();
  await once(server, "close");
  assert.equal(Rgetsockname(server), null);
  await bound(server);
  const peer = peerOf(server);
  const [socket] = (await once(server, "connection")) as [net.Socket];
  for (const each of [socket, peer]) each.destroy();
  server.close();
});

test("BND 0.0.0.0 is the address of a proxy that is known by name", async () => {
  const vague = await createSockd({ bindAddress: "0.0.0.0" }).listen();
  SOCKSinit("test", { proxy: vague.url.replace("127.0.0.1", "localhost") });
  const server = await bound(net.createServer());
  assert.equal((Rgetsockname(server) as net.AddressInfo).address, "127.0.0.1");
  server.close();
  SOCKSinit("test", { proxy: sockd.url });
  await vague.close({ grace: 0 });
});

test("an unref'd server at the proxy does not keep its process alive, whenever it was unref'd", async () => {
  for (const when of ["before", "after"]) {
    const program = `
      const net = require("node:net");
      const { Rbind, Rlisten } = require("@tsocksify/runtime");
      const server = Rlisten(Rbind(net.createServer(), "127.0.0.1"), 0);
      ${when === "after" ? 'server.once("listening", () => server.unref());' : "server.unref();"}
      process.on("exit", () => console.log("exit"));`;
    const { code, stdout, stderr } = await node(["-e", program], {
      cwd: join(__dirname, "../.."),
      env: { PATH: process.env.PATH, SOCKS_SERVER: sockd.url },
      timeout: 10_000,
    });
    assert.deepEqual([code, stdout.trim()], [0, "exit"], stderr);
  }
});
