import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { test } from "node:test";
import { promisify } from "node:util";
import { SocksClient, type SocksProxy } from "socks";
import { listen, sockd } from "./support";

const run = promisify(execFile);
const noCurl = spawnSync("curl", ["--version"]).status !== 0 && process.env.CI !== "true";
const users = { alice: "pass word" };
const hosts = { "web.internal": "127.0.0.1" };

for (const { option, host, user, version } of [
  { option: "--socks4", host: "127.0.0.1", version: "4" },
  { option: "--socks4a", host: "web.internal", version: "4a" },
  { option: "--socks5", host: "127.0.0.1", version: "5" },
  { option: "--socks5-hostname", host: "web.internal", version: "5" },
  { option: "--socks5-hostname", host: "web.internal", user: "alice:pass word", version: "5" },
]) {
  test(
    `curl ${option}${user ? " with a password" : ""}`,
    { skip: noCurl && "curl is missing" },
    async (t) => {
      const target = await listen(t, (socket) =>
        socket.once("data", () => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")),
      );
      const server = await sockd(t, { hosts, ...(user && { users }) });
      const proxy = `127.0.0.1:${server.address().port}`;
      const credentials = user ? ["--proxy-user", user] : [];
      const { stdout } = await run("curl", [
        ...["--silent", "--show-error", "--max-time", "10", "--noproxy", "", option, proxy, ...credentials],
        `http://${host}:${target.port}/`,
      ]);
      assert.equal(stdout, "hello");
      assert.deepEqual(server.counters.connects, { [`${host}:${target.port}`]: 1 });
      assert.equal(server.sessions[0]!.version, version);
      assert.equal(server.sessions[0]!.user, user ? "alice" : undefined);
    },
  );
}

for (const type of [4, 5] as const) {
  test(`the package "socks", version ${type}: CONNECT and BIND`, async (t) => {
    // "socks" may lose what comes in one segment with a reply: nobody here speaks before he is asked.
    const target = await listen(t, (socket) => socket.once("data", () => socket.end("hello")));
    const server = await sockd(t, type === 5 ? { users } : {});
    const { port } = server.address();
    const proxy: SocksProxy = { host: "127.0.0.1", port, type, userId: "alice", password: "pass word" };
    const destination = { host: "127.0.0.1", port: target.port };
    const { socket } = await SocksClient.createConnection({ proxy, command: "connect", destination });
    socket.resume().write("?");
    const [data] = (await once(socket, "data")) as [Buffer];
    assert.equal(String(data), "hello");
    socket.destroy();

    const binding = new SocksClient({ proxy, command: "bind", destination });
    const bound = once(binding, "bound");
    const established = once(binding, "established");
    binding.connect();
    const [{ remoteHost }] = (await bound) as [{ remoteHost: { host: string; port: number } }];
    const peer = connect(remoteHost.port, remoteHost.host);
    const [second] = (await established) as [{ remoteHost: { port: number }; socket: typeof socket }];
    assert.equal(second.remoteHost.port, peer.localPort);
    peer.end("from the peer");
    const [fromPeer] = (await once(second.socket.resume(), "data")) as [Buffer];
    assert.equal(String(fromPeer), "from the peer");
    second.socket.end();
    await once(peer.resume(), "close");
  });
}
