import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { test } from "node:test";
import { SocksClient } from "socks";
import { dantePasswordSkip, danteSkip, startDante } from "../support/peers/dante";
import { sshdSkip, startSshDynamicForward } from "../support/peers/sshd";
import { temporaryUser } from "../support/peers/temporary-user";

/** The test's target answers and counts. ("socks" may lose what comes in one segment with the proxy's reply.) */
async function greeter() {
  let accepted = 0;
  const server = createServer((socket) => {
    accepted++;
    socket.on("error", () => {}).once("data", () => socket.end("hello"));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    accepted: () => accepted,
    stop: () => server.close(),
  };
}

async function readThrough(port: number, type: 4 | 5, target: number, login = {}): Promise<string> {
  const { socket } = await SocksClient.createConnection({
    proxy: { host: "127.0.0.1", port, type, ...login },
    command: "connect",
    destination: { host: "127.0.0.1", port: target },
  });
  socket.resume().write("?");
  const [data] = (await once(socket, "data")) as [Buffer];
  socket.destroy();
  return String(data);
}

for (const { name, skip, start } of [
  { name: "Dante", skip: danteSkip, start: () => startDante() },
  { name: "ssh -D", skip: sshdSkip, start: startSshDynamicForward },
]) {
  test(`${name} carries SOCKS4 and SOCKS5, and nothing of it is left after stop()`, { skip }, async (t) => {
    const target = await greeter();
    t.after(target.stop);
    const proxy = await start();
    t.after(proxy.stop);
    for (const type of [4, 5] as const)
      assert.equal(await readThrough(proxy.port, type, target.port), "hello");
    assert.equal(target.accepted(), 2);
    await proxy.stop();
    await assert.rejects(readThrough(proxy.port, 5, target.port), /ECONNREFUSED/);
  });
}

test("Dante takes the right password and no other", { skip: dantePasswordSkip }, async (t) => {
  const user = temporaryUser();
  t.after(user.remove);
  const target = await greeter();
  t.after(target.stop);
  const dante = await startDante({ passwordRequired: true });
  t.after(dante.stop);
  const login = { userId: user.name, password: user.password };
  assert.equal(await readThrough(dante.port, 5, target.port, login), "hello");
  await assert.rejects(
    readThrough(dante.port, 5, target.port, { ...login, password: "wrong" }),
    /uthentication/,
  );
  assert.equal(target.accepted(), 1);
});
