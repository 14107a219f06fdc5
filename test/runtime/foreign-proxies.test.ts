import assert from "node:assert/strict";
import { once } from "node:events";
import http from "node:http";
import https from "node:https";
import http2 from "node:http2";
import type net from "node:net";
import { after, before, test } from "node:test";
import { Rdns, Rfetch, Rhttp, Rhttp2, Rhttps, Rtls, SOCKSinit, SOCKSreport } from "@tsocksify/runtime";
import { danteSkip, startDante } from "../support/peers/dante";
import { sshdSkip, startSshDynamicForward } from "../support/peers/sshd";
import * as certificates from "./support/certificates";
import { nameServer } from "./support/name-server";
import { text } from "./support/text";

const { ca } = certificates;
const proxies = {
  "Dante, SOCKS5": { skip: danteSkip, start: startDante, url: (url: string) => url },
  "Dante, SOCKS4": {
    skip: danteSkip,
    start: startDante,
    url: (url: string) => url.replace("socks5:", "socks4:"),
  },
  "ssh -D": { skip: sshdSkip, start: startSshDynamicForward, url: (url: string) => url },
};

const servers: (net.Server & { closeAllConnections?(): void })[] = [];
const ports = { http: 0, https: 0, http2: 0, dns: 0 };
/** Connections that the servers have seen. */
let accepted = 0;

before(async () => {
  const app: http.RequestListener = (request, response) => response.end(`hello ${request.url}`);
  const listeners = {
    http: http.createServer(app),
    https: https.createServer(certificates.server, app),
    http2: http2
      .createSecureServer(certificates.server)
      .on("stream", (stream) => stream.respond() ?? stream.end("h2")),
    dns: nameServer(),
  };
  for (const [name, server] of Object.entries(listeners) as [keyof typeof ports, net.Server][]) {
    server.on("connection", () => accepted++).listen(0, "127.0.0.1");
    await once(server, "listening");
    ports[name] = (server.address() as net.AddressInfo).port;
    servers.push(server);
  }
});
after(() => servers.forEach((server) => (server.closeAllConnections?.(), server.close())));

for (const [name, { skip, start, url }] of Object.entries(proxies)) {
  test(`tls, http, https, http2, fetch and dns go through ${name}`, { skip }, async () => {
    const proxy = await start();
    accepted = 0;
    try {
      SOCKSinit("test", { proxy: url(proxy.url), resolver: `127.0.0.1:${ports.dns}`, guard: "kill" });
      const host = "127.0.0.1";

      const socket = Rtls.connect({ host, port: ports.https, ca });
      await once(socket, "secureConnect");
      socket.end("GET /tls HTTP/1.0\r\n\r\n");
      assert.match(await text(socket), /hello \/tls$/);

      const plain = Rhttp.get({ host, port: ports.http, path: "/http", agent: false });
      const [response] = (await once(plain, "response")) as [http.IncomingMessage];
      assert.equal(await text(response), "hello /http");

      const agent = new Rhttps.Agent({ keepAlive: true });
      for (const path of ["/https", "/again"]) {
        const secure = Rhttps.get({ host, port: ports.https, path, ca, agent });
        const [response] = (await once(secure, "response")) as [http.IncomingMessage];
        assert.equal(await text(response), `hello ${path}`);
        await new Promise((resolve) => setImmediate(resolve));
      }
      agent.destroy();

      const session = Rhttp2.connect(`https://${host}:${ports.http2}`, { ca });
      assert.equal(await text(session.request()), "h2");
      session.destroy();

      assert.equal(await (await Rfetch(`http://${host}:${ports.http}/fetch`)).text(), "hello /fetch");
      assert.deepEqual(await Rdns.promises.resolve4("host.test"), ["192.0.2.1", "192.0.2.2"]);
      assert.equal(accepted, 6);
      const { proxied, direct, queries } = SOCKSreport();
      assert.deepEqual({ proxied, direct, queries }, { proxied: 6, direct: 0, queries: 0 });

      await proxy.stop();
      const refused = Rhttps.get({ host, port: ports.https, ca, agent: false });
      const [error] = (await once(refused, "error")) as [NodeJS.ErrnoException & { stage: string }];
      assert.equal(error.stage, "proxy");
      assert.equal(accepted, 6);
    } finally {
      SOCKSinit("test", { proxy: proxy.url, guard: "off" });
      await proxy.stop();
    }
  });
}
