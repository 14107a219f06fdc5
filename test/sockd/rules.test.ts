import assert from "node:assert/strict";
import { test } from "node:test";
import { createSockd } from "tsocksify/sockd";
import { ascii, bareClient, listen, port16, sockd } from "./support";

/** Rules, a destination of 127.0.0.1 by name or address, and whether it is reached. PORT is the target's. */
const cases: { allow?: string[]; deny?: string[]; name?: string; reached: boolean }[] = [
  { reached: true },
  { allow: [], reached: false },
  { allow: ["*"], reached: true },
  { allow: ["*:PORT"], reached: true },
  { allow: ["*:1-2"], reached: false },
  { allow: ["127.0.0.1"], reached: true },
  { allow: ["127.0.0.1:PORT"], reached: true },
  { allow: ["127.0.0.1:1"], reached: false },
  { allow: ["127.0.0.2"], reached: false },
  { allow: ["127.0.0.0/8"], reached: true },
  { allow: ["127.0.0.0/8:1024-65535"], reached: true },
  { allow: ["10.0.0.0/8", "127.0.0.1"], reached: true },
  { allow: ["*"], deny: ["127.0.0.0/8"], reached: false },
  { deny: ["127.0.0.1:1"], reached: true },
  { name: "db.example.org", allow: ["db.example.org"], reached: true },
  { name: "DB.Example.org.", allow: ["db.example.org"], reached: true },
  { name: "db.example.org", allow: ["*.example.org"], reached: true },
  { name: "example.org", allow: ["*.example.org"], reached: true },
  { name: "notexample.org", allow: ["*.example.org"], reached: false },
  { name: "db.example.org", allow: ["127.0.0.1"], reached: true },
  { name: "db.example.org", allow: ["10.0.0.1"], reached: false },
  { name: "db.example.org", deny: ["127.0.0.0/8"], reached: false },
  { name: "db.example.org", deny: ["*.example.org:PORT"], reached: false },
  { allow: ["db.example.org"], reached: false },
];

for (const { allow, deny, name, reached } of cases) {
  const rules = [allow && `allow ${allow.join(" ") || "nothing"}`, deny && `deny ${deny.join(" ")}`];
  const claim = `${rules.filter(Boolean).join(", ") || "no rule"}: ${name ?? "127.0.0.1"}`;
  test(`${claim} is ${reached ? "reached" : "refused"}`, async (t) => {
    const target = await listen(t, (socket) => socket.end("hello"));
    const withPort = (texts?: string[]) => texts?.map((text) => text.replace("PORT", String(target.port)));
    const hosts = name ? { [name.toLowerCase()]: "127.0.0.1" } : {};
    const server = await sockd(t, { allow: withPort(allow), deny: withPort(deny) ?? [], hosts });
    const client = await bareClient(t, server);
    const address = name ? [3, name.length, ...ascii(name)] : [1, 127, 0, 0, 1];
    client.send([5, 1, 0, 5, 1, 0, ...address, ...port16(target.port)]);
    assert.equal((await client.rest())[3], reached ? 0 : 2);
    assert.equal(target.accepted(), reached ? 1 : 0);
  });
}

for (const text of [
  "",
  ":80",
  "a:b",
  "10.0.0.0/33",
  "::1/129",
  "name/8",
  "[name]",
  "1.2.3.4:70000",
  "1.2.3.4:5-4",
]) {
  test(`${JSON.stringify(text)} is no rule`, () => {
    assert.throws(() => createSockd({ allow: [text] }), TypeError);
  });
}

for (const text of ["::1", "[::1]", "[::1]:80", "[2001:db8::]/32:1-1023", "2001:db8::/32", "host", "*:443"]) {
  test(`${JSON.stringify(text)} is a rule`, () => {
    assert.doesNotThrow(() => createSockd({ allow: [text] }));
  });
}
