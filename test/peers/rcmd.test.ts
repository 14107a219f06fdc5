import assert from "node:assert/strict";
import type net from "node:net";
import { after, before, describe, test } from "node:test";
import { Rrcmd, SOCKSinit } from "@tsocksify/runtime";
import { rcmd } from "@tsocksify/runtime/berkeley";
import { danteSkip, startDante, type Dante } from "../support/peers/dante";
import { rshdSkip, startRshd, type Rshd } from "../support/peers/rshd";

const command = "id --user --name; echo complaint >&2; cat";

async function text(socket: net.Socket): Promise<string> {
  let all = "";
  for await (const bytes of socket) all += String(bytes);
  return all;
}

describe("rcmd runs commands at Debian's rshd", { skip: rshdSkip || danteSkip }, () => {
  let rshd: Rshd;
  /** At an address of its own, which is the one that rshd trusts it by. */
  let dante: Dante;
  let otherPorts: Dante;

  before(async () => {
    rshd = await startRshd(["localhost root", "127.0.0.2 root"]);
    dante = await startDante({ host: "127.0.0.2", conf: "compatibility: sameport" });
    otherPorts = await startDante({ host: "127.0.0.2" });
  });

  after(async () => {
    await otherPorts?.stop();
    await dante?.stop();
    await rshd?.stop();
  });

  const ways: [name: string, run: typeof rcmd, proxy: () => string][] = [
    ["directly", rcmd, () => dante.url],
    ["through Dante, SOCKS5", Rrcmd, () => dante.url],
    ["through Dante, SOCKS4", Rrcmd, () => dante.url.replace("socks5", "socks4")],
  ];

  for (const [name, run, proxy] of ways) {
    test(`stdin, stdout, and stderr on a connection that rshd makes, ${name}`, async () => {
      SOCKSinit("test", { proxy: proxy() });
      const { socket, stderr } = await run("127.0.0.1", rshd.port, "root", rshd.user, command, true);
      socket.end("input");
      assert.deepEqual(await Promise.all([text(socket), text(stderr!)]), [
        `${rshd.user}\ninput`,
        "complaint\n",
      ]);
    });

    test(`stderr as a part of stdout, ${name}`, async () => {
      SOCKSinit("test", { proxy: proxy() });
      const { socket, stderr } = await run("127.0.0.1", rshd.port, "root", rshd.user, command);
      socket.end("input");
      assert.equal(stderr, undefined);
      assert.equal(await text(socket), `${rshd.user}\ncomplaint\ninput`);
    });
  }

  test("a user that rshd does not trust is told so", async () => {
    SOCKSinit("test", { proxy: dante.url });
    const { socket } = await Rrcmd("127.0.0.1", rshd.port, "stranger", rshd.user, command);
    assert.equal(await text(socket), "Authentication failure\n");
  });

  test("a proxy that leaves from any port is of no use to rshd, and the error says why", async () => {
    SOCKSinit("test", { proxy: otherPorts.url });
    for (const wantStderr of [false, true])
      await assert.rejects(Rrcmd("127.0.0.1", rshd.port, "root", rshd.user, command, wantStderr), {
        code: "ECONNRESET",
        message: /reserved port.*sameport/,
      });
  });
});
