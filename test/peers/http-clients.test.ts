import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import http from "node:http";
import http2 from "node:http2";
import https from "node:https";
import { createRequire } from "node:module";
import type net from "node:net";
import { after, before, describe, test } from "node:test";
import { corpusFolder, installCorpus } from "../support/corpus";
import { danteSkip, startDante, type Dante } from "../support/peers/dante";
import { certificates, publishedClient, resultOf } from "./published-client";

/** Each client's program, with the URLs of the servers as its options, and what it tells. */
const clients: Record<string, { program: string; answers: readonly unknown[] }> = {
  got: {
    program: `
const { default: got } = await import("./client/dist/source/index.js");
const answers = [];
for (const url of [options.http, options.https]) answers.push(await got(url + "/redirect").json());
answers.push(await got(options.h2 + "/over-http2", { http2: true }).json());
return { answers };
`,
    answers: [seen("/target"), seen("/target"), seen("/over-http2", "2.0")],
  },
  "node-fetch": {
    program: `
const { default: fetch } = await import("./client/src/index.js");
const answers = [];
for (const url of [options.http, options.https])
  for (const path of ["/redirect", "/again"]) answers.push(await (await fetch(url + path)).json());
return { answers };
`,
    answers: [seen("/target"), seen("/again"), seen("/target"), seen("/again")],
  },
  ws: {
    program: `
const WebSocket = require("./client");
const { once } = require("node:events");
const answers = [];
for (const url of [options.http, options.https]) {
  const socket = new WebSocket(url.replace("http", "ws"));
  await once(socket, "open");
  socket.send("x".repeat(100_000));
  const [echo] = await once(socket, "message");
  answers.push(JSON.parse(echo));
  socket.close();
  await once(socket, "close");
}
return { answers };
`,
    answers: [100_000, 100_000].map((length) => ({ from: "127.0.0.2", length })),
  },
};

function seen(url: string, version = "1.1"): object {
  return { from: "127.0.0.2", url, version };
}

function answer(
  request: http.IncomingMessage | http2.Http2ServerRequest,
  response: http.ServerResponse | http2.Http2ServerResponse,
): void {
  const { url, httpVersion: version } = request;
  const redirected = url === "/redirect";
  response.writeHead(redirected ? 302 : 200, redirected ? { location: "/target" } : {});
  response.end(JSON.stringify({ from: request.socket.remoteAddress, url, version }));
}

/** The part of ws that the server here is made of. */
interface WebSocketModule {
  WebSocketServer: new (options: { server: net.Server }) => NodeJS.EventEmitter;
}

describe("published HTTP clients, rewritten by the codemod, through Dante", { skip: danteSkip }, () => {
  let dante: Dante;
  let servers: Record<"http" | "https" | "h2", net.Server>;
  let urls: Record<string, string>;
  /** That the servers have got. */
  let connections = 0;

  before(async () => {
    installCorpus();
    // At an address of its own, by which the servers tell the proxy from the client.
    dante = await startDante({ host: "127.0.0.2" });
    const { cert, key } = { cert: readFileSync(certificates.cert), key: readFileSync(certificates.key) };
    servers = {
      http: http.createServer(answer),
      https: https.createServer({ cert, key }, answer),
      h2: http2.createSecureServer({ cert, key }, answer),
    };
    const { WebSocketServer } = createRequire(__filename)(corpusFolder("ws")) as WebSocketModule;
    for (const server of [servers.http, servers.https])
      new WebSocketServer({ server }).on(
        "connection",
        (client: WebSocket, { socket }: http.IncomingMessage) =>
          client.addEventListener("message", ({ data }: { data: string }) =>
            client.send(JSON.stringify({ from: socket.remoteAddress, length: data.length })),
          ),
      );
    // Of a TLS server, "connection" is the TCP connection.
    for (const server of Object.values(servers)) server.on("connection", () => connections++);
    urls = {};
    for (const [name, server] of Object.entries(servers)) {
      await once(server.listen(0, "127.0.0.1"), "listening");
      const scheme = name === "http" ? "http" : "https";
      urls[name] = `${scheme}://localhost:${(server.address() as net.AddressInfo).port}`;
    }
  });

  after(async () => {
    for (const server of Object.values(servers ?? {})) server.close();
    await dante?.stop();
  });

  for (const [name, { program, answers }] of Object.entries(clients))
    test(`${name}: redirects, TLS, and every connection comes from the proxy`, async () => {
      const workplace = publishedClient(name, program);
      connections = 0;
      try {
        const result = await resultOf(workplace, dante, urls);
        assert.deepEqual(result, { answers, guard: { proxied: connections, others: 0 } });
      } finally {
        workplace.remove();
      }
    });
});
