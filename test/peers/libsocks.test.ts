import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import net from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, describe, test } from "node:test";
import { createSockd, type Sockd } from "tsocksify/sockd";
import { freePort, temporaryDirectory } from "../support/peers/daemon";
import { danteSkip, startDante, type Dante } from "../support/peers/dante";
import { missing } from "../support/peers/required";

const libsocksSkip =
  missing("libsocksd0-dev", "/usr/include/socks.h") || missing("gcc libc6-dev", "/usr/bin/cc");

const renames = ["connect", "bind", "getsockname", "listen", "accept"].map((name) => `-D${name}=R${name}`);

/** For a server and for a client of Dante's the same line, each in its own file. */
const EXTENSION = "extension: bind";

describe(
  "a C program, recompiled as in the 1990s with Dante's libsocks",
  { skip: libsocksSkip || danteSkip },
  () => {
    let directory: { path: string; remove(): Promise<void> };
    let sockd: Sockd;
    let dante: Dante;
    const service = net.createServer((socket) => socket.on("error", () => {}));

    before(async () => {
      directory = await temporaryDirectory("libsocks");
      const source = join(__dirname, "libsocks", "two-peers.c");
      execFileSync("cc", [...renames, "-o", join(directory.path, "two-peers"), source, "-lsocksd"]);
      service.listen(0, "127.0.0.1");
      await once(service, "listening");
      sockd = await createSockd().listen();
      dante = await startDante({ host: "127.0.0.2", conf: EXTENSION });
    });

    after(async () => {
      service.close();
      await dante?.stop();
      await sockd?.close({ grace: 0 });
      await directory?.remove();
    });

    /** Runs the program until the second accept, to which peers come one after the other. */
    async function run(proxy: string, version: 4 | 5, extension: string): Promise<string[]> {
      const { hostname, port } = new URL(proxy);
      const conf = join(directory.path, "dante.conf");
      await writeFile(
        conf,
        `logoutput: stderr
route {
  from: 0.0.0.0/0 to: 0.0.0.0/0 via: ${hostname} port = ${port}
  protocol: tcp
  proxyprotocol: socks_v${version}
  command: connect bind
  ${extension}
}
`,
      );
      const child = spawn(
        join(directory.path, "two-peers"),
        [String((service.address() as net.AddressInfo).port)],
        {
          // The service is on loopback, and Dante's library would reach that without the proxy.
          env: { SOCKS_CONF: conf, SOCKS_AUTOADD_LANROUTES: "no" },
          stdio: ["ignore", "pipe", "ignore"],
        },
      );
      const lines: string[] = [];
      for await (const line of createInterface(child.stdout)) {
        const [what, address, boundPort] = line.split(" ");
        lines.push(what === "listening" ? what : line);
        if (what === "listening")
          net
            .connect(Number(boundPort), address, function (this: net.Socket) {
              this.end("first");
            })
            .on("error", () => {});
        if (what === "accepted") child.kill();
      }
      return lines;
    }

    for (const version of [4, 5] as const) {
      test(`accepts its peer through our server, SOCKS${version}`, async () => {
        assert.deepEqual(await run(sockd.url, version, ""), ["listening", "accepted first"]);
      });

      test(`cannot even listen with Dante's bind extension, SOCKS${version}`, async () => {
        // Rlisten.c: listen(2) on the very socket that Rbind.c has connected to the proxy.
        assert.deepEqual(await run(dante.url, version, EXTENSION), ["listen: Invalid argument"]);
        assert.deepEqual(
          await run(dante.url, version, ""),
          ["listening", "accepted first"],
          "without it can",
        );
      });
    }
  },
);

test(
  "Dante's server, asked for its bind extension, drops the client when the first peer arrives",
  { skip: danteSkip },
  async () => {
    const dante = await startDante({ conf: EXTENSION });
    const own = { localAddress: "127.0.0.1", localPort: await freePort("127.0.0.1") };
    const client = net.connect({ port: dante.port, host: dante.host, ...own });
    const received: Buffer[] = [];
    client.on("data", (bytes) => received.push(bytes));
    // The extension is asked for by the address 255.255.255.255 (Dante's BINDEXTENSION_IPADDR). A peer's connection is
    // passed on to the client's own address and port, at which it has to listen as well.
    await once(client, "connect");
    const waiting = net.createServer((socket) => socket.on("error", () => {}));
    waiting.listen(own.localPort, own.localAddress);
    await once(waiting, "listening");
    client.write(Buffer.from([5, 1, 0, 5, 2, 0, 1, 255, 255, 255, 255, 0, 0]));
    while (Buffer.concat(received).length < 12) await once(client, "data");
    const reply = Buffer.concat(received);
    assert.equal(reply[3], 0, "granted");
    const arrival = once(waiting, "connection") as Promise<[net.Socket]>;
    const peer = net.connect(reply.readUInt16BE(10), dante.host, () => peer.write("first"));
    peer.on("error", () => {}).resume();
    const peerClosed = new Promise((resolve) => peer.once("close", resolve));
    // sockd_request.c: `if (replyredirect) { close(sv[client]); …`, which the extension sets. This is the connection on
    // which the client would ask who has come, to get what the peer says.
    await once(client, "end");
    // The server goes on with the connection that it has passed on in its place; whoever asks there makes it abort.
    const [passedOn] = await arrival;
    let heard = Buffer.alloc(0);
    passedOn.on("data", (bytes) => (heard = Buffer.concat([heard, bytes])));
    const port = passedOn.remotePort!;
    passedOn.write(Buffer.from([5, 2, 0, 1, 127, 0, 0, 1, port >> 8, port & 0xff]));
    await peerClosed;
    assert.ok(!heard.includes("first"), "nothing of what the peer has said was passed on");
    for (const socket of [client, passedOn]) socket.destroy();
    waiting.close();
    await dante.stop();
  },
);
