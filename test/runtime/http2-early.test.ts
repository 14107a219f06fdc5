import assert from "node:assert/strict";
import { once } from "node:events";
import http2 from "node:http2";
import net, { type AddressInfo } from "node:net";
import { test } from "node:test";
import { Rhttp2, SOCKSinit } from "@tsocksify/runtime";

/** A SOCKS5 proxy that keeps its reply back until the target speaks, and sends both in one segment. */
async function talkativeProxy(): Promise<net.Server> {
  const request = 13; // greeting with one method, CONNECT to an IPv4 address
  const server = net.createServer((client) => {
    let received = Buffer.alloc(0);
    client
      .on("error", () => {})
      .on("data", function onData(chunk: Buffer) {
        received = Buffer.concat([received, chunk]);
        if (received.length < request) return;
        client.off("data", onData).pause();
        const target = net.connect(received.readUInt16BE(request - 2), "127.0.0.1");
        target
          .on("error", () => client.destroy())
          .once("data", (settings: Buffer) => {
            const reply = Uint8Array.of(5, 0, 5, 0, 0, 1, 127, 0, 0, 1, 4, 56);
            client.write(Buffer.concat([reply, settings]));
            target.write(received.subarray(request));
            client.pipe(target).pipe(client);
          });
      });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

test("the SETTINGS of an HTTP/2 server may come in one segment with the SOCKS reply", async (t) => {
  const server = http2.createServer((_, response) => response.end("hello")).listen(0, "127.0.0.1");
  await once(server, "listening");
  const proxy = await talkativeProxy();
  t.after(() => void server.close());
  t.after(() => void proxy.close());
  SOCKSinit("test", { proxy: `socks5://127.0.0.1:${(proxy.address() as AddressInfo).port}` });
  const session = Rhttp2.connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  t.after(() => session.destroy());
  const stream = session.request();
  let body = "";
  stream.on("data", (chunk) => (body += String(chunk)));
  await once(stream, "end");
  assert.equal(body, "hello");
});
