import assert from "node:assert/strict";
import { once } from "node:events";
import http2 from "node:http2";
import https from "node:https";
import net from "node:net";
import { before, test } from "node:test";
import tls from "node:tls";
import { Rfetch, Rhttp2, Rhttps, Rtls, SOCKSinit } from "@tsocksify/runtime";
import * as certificates from "./support/certificates";
import { Proxied } from "./support/proxied";
import { text } from "./support/text";

const { ca } = certificates;
const proxied = new Proxied();
let secure: number;
let second: number;

before(async () => {
  secure = await proxied.listen(
    https.createServer(certificates.server, (_, response) => response.end("hello")),
  );
  const answer = (stream: http2.ServerHttp2Stream) => (stream.respond(), stream.end("h2"));
  second = await proxied.listen(http2.createSecureServer(certificates.server).on("stream", answer));
});

/** What stunnel does in front of a SOCKS proxy. @returns its URL's port */
async function front(): Promise<number> {
  const { port } = proxied.sockd.address();
  const server = tls.createServer({ ...certificates.server, allowHalfOpen: true }, (client) => {
    const behind = net.connect({ port, host: "127.0.0.1", allowHalfOpen: true });
    client.on("error", () => behind.destroy()).pipe(behind);
    behind.on("error", () => client.destroy()).pipe(client);
  });
  server.listen(0, "127.0.0.1").unref();
  await once(server, "listening");
  return (server.address() as net.AddressInfo).port;
}

test("tls, https, http2 and fetch go through a proxy that is itself reached over TLS", async () => {
  SOCKSinit("test", { proxy: { host: "127.0.0.1", port: await front(), tls: { ca } } });
  const before = proxied.connects();

  const socket = Rtls.connect({ host: "secure.test", port: secure, ca, servername: "secure.test" });
  await once(socket, "secureConnect");
  assert.equal(socket.authorized, true);
  assert.equal(socket.remoteAddress, "secure.test");
  socket.end("GET / HTTP/1.0\r\n\r\n");
  assert.match(await text(socket), /hello$/);

  const request = Rhttps.get({ host: "secure.test", port: secure, ca, agent: false });
  const [response] = (await once(request, "response")) as [AsyncIterable<Buffer>];
  assert.equal(await text(response), "hello");

  const session = Rhttp2.connect(`https://secure.test:${second}`, { ca });
  assert.equal(await text(session.request()), "h2");
  session.close();

  await assert.rejects(
    Rfetch(`https://secure.test:${secure}`),
    (error: Error & { cause: { code: string } }) => {
      assert.match(error.cause.code, /SELF_SIGNED|UNABLE_TO/);
      return true;
    },
  );
  assert.equal(proxied.connects(), before + 4);
});

test("a proxy with a certificate of an unknown authority is refused, and nothing is connected", async () => {
  SOCKSinit("test", { proxy: { host: "127.0.0.1", port: await front(), tls: true } });
  const before = proxied.connects();
  const socket = Rtls.connect({ host: "secure.test", port: secure, ca });
  const [error] = (await once(socket, "error")) as [NodeJS.ErrnoException & { stage: string }];
  assert.equal(error.stage, "proxy");
  assert.equal(proxied.connects(), before);
});
