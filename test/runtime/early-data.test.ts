import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import tls from "node:tls";
import { Rconnect, Rtls, SOCKSinit, type SocksOptions } from "@tsocksify/runtime";
import { createSockd } from "tsocksify/sockd";
import { danteSkip, startDante } from "../support/peers/dante";
import { sshdSkip, startSshDynamicForward } from "../support/peers/sshd";
import * as certificates from "./support/certificates";
import { recordingRelay } from "./support/recording-relay";

const sockd = createSockd();
/** Sends everything back; keeps what each connection has sent. */
const seen: string[] = [];
const echo = net.createServer({ allowHalfOpen: true }, (socket) => {
  const index = seen.push("") - 1;
  socket.on("error", () => {}).on("data", (bytes) => (seen[index] += bytes.toString("latin1")));
  socket.pipe(socket);
});
let port = 0;
before(async () => {
  await sockd.listen();
  echo.listen(0, "127.0.0.1");
  await once(echo, "listening");
  port = (echo.address() as net.AddressInfo).port;
});
after(async () => {
  echo.close();
  await sockd.close({ grace: 0 });
});

/** Writes `first` before there is a connection, and reads as much. */
async function exchange(first: string, earlyData?: boolean): Promise<net.Socket> {
  const socket = Rconnect({ host: "127.0.0.1", port, ...(earlyData !== undefined && { earlyData }) });
  socket.write(first);
  await received(socket, first);
  return socket;
}

async function received(socket: net.Socket, wanted: string): Promise<void> {
  let text = "";
  while (text.length < wanted.length) {
    const bytes = socket.read() as Buffer | null;
    if (bytes) text += bytes.toString("latin1");
    else await once(socket, "readable");
  }
  assert.equal(text, wanted);
}

/** The first connection through a proxy finds out how it likes its greeting. */
async function acquaint(options: SocksOptions): Promise<void> {
  SOCKSinit("test", { earlyData: true, ...options });
  (await exchange("first")).destroy();
  seen.length = 0;
}

const at = (port: number) => [127, 0, 0, 1, port >> 8, port & 0xff];
const socks5 = () => [5, 1, 0, 5, 1, 0, 1, ...at(port)];
const peers = {
  "our own server, SOCKS5": {
    start: async () => ({ port: Number(new URL(sockd.url).port), stop() {} }),
    scheme: "socks5",
    request: socks5,
    skip: false,
  },
  "Dante, SOCKS5": { start: startDante, scheme: "socks5", request: socks5, skip: danteSkip },
  "Dante, SOCKS4": {
    start: startDante,
    scheme: "socks4",
    request: () => [4, 1, ...at(port).slice(4), ...at(port).slice(0, 4), 0],
    skip: danteSkip,
  },
  "ssh -D": { start: startSshDynamicForward, scheme: "socks5", request: socks5, skip: sshdSkip },
} as const;

for (const [name, { start, scheme, request, skip }] of Object.entries(peers))
  test(
    `the first bytes reach the destination in the segment with the request, through ${name}`,
    { skip },
    async () => {
      const proxy = await start();
      const relay = await recordingRelay(proxy.port);
      try {
        await acquaint({ proxy: `${scheme}://127.0.0.1:${relay.port}` });
        const socket = await exchange("hello");
        assert.deepEqual([...relay.reads.at(-1)!], [Buffer.from([...request(), ...Buffer.from("hello")])]);
        assert.equal(socket.bytesWritten, 5);
        socket.write(" again");
        await received(socket, " again");
        assert.equal(socket.bytesWritten, 11);
        assert.equal(socket.bytesRead, 11);
        assert.deepEqual(seen, ["hello again"]);
        socket.destroy();
      } finally {
        relay.close();
        await proxy.stop();
      }
    },
  );

test("without the option nothing goes before the reply, and a connect's own option decides for it", async () => {
  const relay = await recordingRelay(Number(new URL(sockd.url).port));
  const proxy = `socks5://127.0.0.1:${relay.port}`;
  try {
    for (const [configured, own, reads] of [
      [false, undefined, 2],
      [true, undefined, 1],
      [true, false, 2],
      [false, true, 1],
    ] as const) {
      await acquaint({ proxy, earlyData: configured });
      (await exchange("hello", own)).destroy();
      assert.equal(relay.reads.at(-1)!.length, reads, `configured ${configured}, own ${own}`);
    }
  } finally {
    relay.close();
  }
});

test("whatever the first write is, it arrives once, and its callback comes", async (t) => {
  const big = "x".repeat(200_000);
  const writes: Record<string, { write: (socket: net.Socket, done: () => void) => void; text: string }> = {
    "a buffer": {
      write: (socket, done) => socket.write(Buffer.from("a\xff", "latin1"), done),
      text: "a\xff",
    },
    "a Uint8Array": { write: (socket, done) => socket.write(new Uint8Array([97]), done), text: "a" },
    utf8: { write: (socket, done) => socket.write("ü", done), text: "\xc3\xbc" },
    latin1: { write: (socket, done) => socket.write("ü", "latin1", done), text: "\xfc" },
    ascii: { write: (socket, done) => socket.write("a", "ascii", done), text: "a" },
    utf16le: { write: (socket, done) => socket.write("a", "utf16le", done), text: "a\0" },
    base64: { write: (socket, done) => socket.write("YQ==", "base64", done), text: "a" },
    "several, corked": {
      write(socket, done) {
        socket.cork();
        socket.write("ab");
        socket.write(Buffer.from("cd"), done);
        socket.uncork();
      },
      text: "abcd",
    },
    "several buffers, corked": {
      write(socket, done) {
        socket.cork();
        socket.write(Buffer.from("ab"));
        socket.write(Buffer.from("cd"), done);
        socket.uncork();
      },
      text: "abcd",
    },
    "several, not corked": {
      write: (socket, done) => (socket.write("ab"), socket.write("cd", done)),
      text: "abcd",
    },
    "more than may go early": { write: (socket, done) => socket.write(big, done), text: big },
    "nothing at all": { write: (socket, done) => socket.write("", done), text: "" },
    "the end": { write: (socket, done) => socket.end("bye", done), text: "bye" },
  };
  await acquaint({ proxy: sockd.url });
  for (const [what, { write, text }] of Object.entries(writes))
    await t.test(what, async () => {
      seen.length = 0;
      const socket = Rconnect(port, "127.0.0.1");
      const done = new Promise<void>((resolve) => write(socket, resolve));
      const written = socket.bytesWritten;
      // Before Node makes the write it has held back; for corked buffers it has no number until then.
      socket.prependOnceListener("connect", () => assert.equal(socket.bytesWritten, written));
      await received(socket, text);
      await done;
      assert.equal(socket.bytesWritten, text.length);
      assert.equal(seen.join(), text);
      assert.equal(socket.writableLength, 0);
      socket.destroy();
    });
});

test("after a failed connect with a write nothing goes early: Node makes the old write first", async () => {
  const relay = await recordingRelay(Number(new URL(sockd.url).port));
  try {
    await acquaint({ proxy: `socks5://127.0.0.1:${relay.port}` });
    const socket = new net.Socket().on("error", () => {});
    Rconnect(socket, 1, "127.0.0.1");
    socket.write("stale", () => {});
    await new Promise((resolve) => socket.once("close", resolve));
    Rconnect(socket, port, "127.0.0.1");
    socket.write("fresh");
    await new Promise((resolve) => socket.once("connect", resolve));
    assert.deepEqual(relay.reads.at(-1), [Buffer.from(socks5())]);
    socket.destroy();
  } finally {
    relay.close();
  }
});

test("early data goes through every kind of way to a proxy", async (t) => {
  const directory = await mkdtemp(join(tmpdir(), "tsocksify-early-"));
  const path = join(directory, "sockd");
  const credentials = { username: "u", password: "p" };
  const withPassword = await createSockd({ users: { u: "p" } }).listen();
  const secure = tls.createServer(certificates.server, (socket) => {
    const proxy = net.connect(Number(new URL(sockd.url).port), "127.0.0.1").on("error", () => {});
    socket
      .on("error", () => {})
      .pipe(proxy)
      .pipe(socket);
  });
  const local = net.createServer((socket) => {
    const proxy = net.connect(Number(new URL(sockd.url).port), "127.0.0.1").on("error", () => {});
    socket
      .on("error", () => {})
      .pipe(proxy)
      .pipe(socket);
  });
  secure.listen(0, "127.0.0.1");
  local.listen(path);
  await Promise.all([once(secure, "listening"), once(local, "listening")]);
  const overTLS = { host: "127.0.0.1", port: (secure.address() as net.AddressInfo).port };
  const ways: Record<string, SocksOptions> = {
    "a proxy by name": { proxy: sockd.url.replace("127.0.0.1", "localhost") },
    "a proxy with a password": { proxy: withPassword.url, ...credentials },
    "a Unix socket": { proxy: { path } },
    TLS: { proxy: { ...overTLS, tls: { ca: certificates.ca, servername: "secure.test" } } },
    "a chain": { chain: [sockd.url, sockd.url] },
    "a chain with TLS": {
      chain: [sockd.url, { ...overTLS, tls: { ca: certificates.ca, servername: "secure.test" } }],
    },
  };
  try {
    for (const [way, options] of Object.entries(ways))
      await t.test(way, async () => {
        await acquaint(options);
        const socket = await exchange("hello");
        socket.write(" again");
        await received(socket, " again");
        assert.deepEqual([socket.bytesWritten, socket.bytesRead], [11, 11]);
        assert.deepEqual(seen, ["hello again"]);
        socket.destroy();
      });
  } finally {
    secure.close();
    local.close();
    await withPassword.close({ grace: 0 });
    await rm(directory, { recursive: true });
  }
});

test("what is written to a TLS socket is never sent before TLS is there", async () => {
  const server = tls.createServer(
    certificates.server,
    (socket) => void socket.on("error", () => {}).pipe(socket),
  );
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const relay = await recordingRelay(Number(new URL(sockd.url).port));
  try {
    await acquaint({ proxy: `socks5://127.0.0.1:${relay.port}` });
    const { port } = server.address() as net.AddressInfo;
    const { ca } = certificates;
    const socket = Rtls.connect({ host: "127.0.0.1", port, servername: "secure.test", ca });
    socket.write("secret");
    await received(socket, "secret");
    assert.doesNotMatch(Buffer.concat(relay.reads.flat()).toString("latin1"), /secret/);
    socket.destroy();
  } finally {
    relay.close();
    server.close();
  }
});
