import assert from "node:assert/strict";
import { once } from "node:events";
import http2 from "node:http2";
import { before, test } from "node:test";
import { Rconnect, Rhttp2, Rtls } from "@tsocksify/runtime";
import * as certificates from "./support/certificates";
import { Proxied } from "./support/proxied";
import { text } from "./support/text";

const { ca } = certificates;
const proxied = new Proxied();
let secure: number;
let plain: number;

function answerStream(stream: http2.ServerHttp2Stream, headers: http2.IncomingHttpHeaders): void {
  stream.on("error", () => {}).respond({ ":status": 200, "x-authority": headers[":authority"] });
  stream.pipe(stream);
}

before(async () => {
  secure = await proxied.listen(http2.createSecureServer(certificates.server).on("stream", answerStream));
  plain = await proxied.listen(http2.createServer().on("stream", answerStream));
});

async function exchange(session: http2.ClientHttp2Session, body: string): Promise<string> {
  const stream = session.request({ ":method": "POST", ":path": "/" });
  stream.end(body);
  const [headers] = (await once(stream, "response")) as [http2.IncomingHttpHeaders];
  assert.equal(headers[":status"], 200);
  return text(stream);
}

test("a secure session negotiates h2 with the name as SNI, and carries many streams on one connection", async () => {
  const before = proxied.connects(`secure.test:${secure}`);
  const session = Rhttp2.connect(`https://secure.test:${secure}`, { ca });
  const bodies = ["one", "two", "x".repeat(200_000)];
  assert.deepEqual(await Promise.all(bodies.map((body) => exchange(session, body))), bodies);
  assert.equal(session.alpnProtocol, "h2");
  assert.equal(session.encrypted, true);
  assert.equal(proxied.connects(`secure.test:${secure}`), before + 1);
  session.close();
  await once(session, "close");
});

test("a session without TLS, with the listener as an argument", async () => {
  let connected = 0;
  const session = Rhttp2.connect(new URL(`http://plain.test:${plain}`), () => connected++);
  assert.equal(await exchange(session, "hello"), "hello");
  assert.equal(connected, 1);
  session.close();
});

test("createConnection of the caller's own is asked", async () => {
  const over = Rhttp2.connect(`https://secure.test:${secure}`, {
    createConnection: () =>
      Rtls.connect({
        host: "secure.test",
        port: secure,
        ca,
        ALPNProtocols: ["h2"],
        servername: "secure.test",
      }),
  });
  assert.equal(await exchange(over, "hello"), "hello");
  over.close();
  const plainly = Rhttp2.connect(`http://plain.test:${plain}`, {
    createConnection: () => Rconnect(plain, "plain.test"),
  });
  assert.equal(await exchange(plainly, "hello"), "hello");
  plainly.close();
});

test("TLS runs over a socket of the caller's own, connected or not yet", async () => {
  for (const wait of [true, false]) {
    const socket = Rconnect(secure, "secure.test");
    if (wait) await once(socket, "connect");
    const session = Rhttp2.connect(`https://secure.test:${secure}`, { socket, ca } as never);
    const stream = session.request({ ":method": "POST", ":path": "/" });
    stream.end("hello");
    assert.equal(await text(stream), "hello");
    session.close();
  }
});

test("the certificate is checked, and the refusal is the session's error", async () => {
  const wrong = Rhttp2.connect(`https://plain.test:${secure}`, { ca });
  const [error] = (await once(wrong, "error")) as [NodeJS.ErrnoException];
  assert.equal(error.code, "ERR_TLS_CERT_ALTNAME_INVALID");
  const nowhere = Rhttp2.connect("https://nowhere.test:1", { ca });
  const [refusal] = (await once(nowhere, "error")) as [NodeJS.ErrnoException];
  assert.match(refusal.code!, /EHOSTUNREACH|ECONNREFUSED/);
});

test("destroy() before the connection stands leaves nothing behind", async () => {
  const session = Rhttp2.connect(`https://secure.test:${secure}`, { ca });
  session.destroy();
  await once(session, "close");
});

test("an unknown protocol is refused in Node's own words", () => {
  assert.throws(() => Rhttp2.connect("ftp://secure.test"), { code: "ERR_HTTP2_UNSUPPORTED_PROTOCOL" });
});
