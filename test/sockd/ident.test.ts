import assert from "node:assert/strict";
import { test } from "node:test";
import { freePort } from "../support/peers/daemon";
import { bareClient, listen, port16, sockd } from "./support";

/** What identd answers to "clientport,serverport" (RFC 1413 §4), and the reply to the USERID "alice". */
const cases: { claim: string; answer: string; reply: number }[] = [
  { claim: "the user that identd tells is granted", answer: "PORTS : USERID : UNIX : alice\r\n", reply: 90 },
  { claim: "another user is 93", answer: "PORTS : USERID : UNIX : mallory\r\n", reply: 93 },
  { claim: "an identd that does not tell is 92", answer: "PORTS : ERROR : HIDDEN-USER\r\n", reply: 92 },
  { claim: "an identd that talks nonsense is 92", answer: "hello\n", reply: 92 },
  { claim: "an identd that never ends its line is 92", answer: "x".repeat(2000), reply: 92 },
  { claim: "an identd that hangs up is 92", answer: "", reply: 92 },
];

for (const { claim, answer, reply } of cases) {
  test(claim, async (t) => {
    const target = await listen(t, (socket) => socket.end());
    let asked = "";
    const identd = await listen(t, (socket) =>
      socket.once("data", (chunk) => {
        asked = String(chunk);
        socket.end(answer.replace("PORTS", asked.trim()));
      }),
    );
    const server = await sockd(t, { identPort: identd.port });
    const client = await bareClient(t, server);
    client.send([4, 1, ...port16(target.port), 127, 0, 0, 1, ...Buffer.from("alice"), 0]);
    assert.equal((await client.take(8))[1], reply);
    assert.equal(asked, `${client.socket.localPort},${server.address().port}\r\n`);
    assert.equal(target.accepted(), reply === 90 ? 1 : 0);
  });
}

test("no identd is 92", async (t) => {
  const server = await sockd(t, { identPort: await freePort("127.0.0.1") });
  const client = await bareClient(t, server);
  client.send([4, 1, 0, 80, 127, 0, 0, 1, 0]);
  assert.deepEqual(await client.rest(), [0, 92, 0, 0, 0, 0, 0, 0]);
});
