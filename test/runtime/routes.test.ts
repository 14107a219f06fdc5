import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { Rbind, Rconnect, SOCKSinit, type SocksError, type SocksOptions } from "@tsocksify/runtime";
import { configuration, explainRoute } from "@tsocksify/runtime/routes";

const options: SocksOptions = {
  rules: [
    { to: ["10.0.0.0/8", ".local.test"], via: "direct" },
    { to: "bad.test", via: "deny" },
    { to: "v4.test, ::/0", via: "socks4://127.0.0.1:1" },
    { to: "far.test", via: { chain: ["socks5://a:secret@first.test", "socks5://second.test:1"] } },
  ],
  noProxy: ["near.test", "*:99"],
  proxy: ["socks5://one.test", "socks5://two.test"],
  username: "joe",
  password: "secret",
};

test("a decision names the rule as it was written, the ways in order, and no password", () => {
  SOCKSinit("test", options);
  const rows: [host: string, kind: string, source: string, text: string, ways: string[][]][] = [
    ["10.9.8.7", "direct", "rule 1", "10.0.0.0/8,.local.test via direct", []],
    ["bad.test", "deny", "rule 2", "bad.test via deny", []],
    [
      "far.test",
      "proxies",
      "rule 4",
      "far.test via socks5://a:***@first.test:1080 -> socks5://joe:***@second.test:1",
      [["socks5://a:***@first.test:1080", "socks5://joe:***@second.test:1"]],
    ],
    ["sub.near.test", "direct", "the option noProxy", "near.test", []],
    [
      "else.test",
      "proxies",
      "the option proxy",
      "everything that no rule is about",
      [["socks5://joe:***@one.test:1080"], ["socks5://joe:***@two.test:1080"]],
    ],
  ];
  for (const [host, kind, source, text, ways] of rows) {
    const decision = explainRoute(host, 5432);
    const found = decision.chains.map((chain) => chain.map(({ url }) => url));
    assert.deepEqual([decision.kind, decision.rule, found], [kind, { source, text }, ways], host);
    assert.doesNotMatch(JSON.stringify(decision), /secret/);
  }
  assert.equal(explainRoute("else.test", 1).chains[0]![0]!.credentialsSource, "the option username");
});

test("the error that a decision foretells is the one that the connect has", async () => {
  SOCKSinit("test", options);
  for (const host of ["bad.test", "2001:db8::1", `${"x".repeat(64)}.test`]) {
    const { error } = explainRoute(host, 1);
    const [actual] = (await once(Rconnect(1, host), "error")) as [SocksError];
    assert.deepEqual(
      [error?.code, error?.reason, error?.remedy],
      [actual.code, actual.reason, actual.remedy],
    );
  }
  SOCKSinit("test", { proxy: "socks5://one.test", noProxy: "near.test" });
  const { error } = explainRoute("near.test", 0, "bind");
  await assert.rejects(Rbind("near.test"), { message: error!.message });
});

test("the configuration lists each server once, with what leads to it", () => {
  SOCKSinit("test", { ...options, timeout: 1234 });
  const { servers, rules, timeout } = configuration();
  assert.equal(timeout, 1234);
  assert.equal(rules.at(-1)!.source, "the option proxy");
  assert.deepEqual(
    servers.map(({ url, source }) => [source, new URL(url.replace(/^socks\d/, "http")).hostname]),
    [
      ["rule 3", "127.0.0.1"],
      ["rule 4", "first.test"],
      ["rule 4", "second.test"],
      ["the option proxy", "one.test"],
      ["the option proxy", "two.test"],
    ],
  );
});

test("variables that options overrule are told", (t) => {
  const given = { SOCKS_SERVER: "env.test", NO_PROXY: "x.test", SOCKS_CONF: "/none" };
  const before = { ...process.env };
  t.after(() => (process.env = before));
  process.env = { ...given, ALL_PROXY: "socks5://other.test" };
  SOCKSinit("test", { proxy: "socks5://one.test", noProxy: [] });
  assert.deepEqual(configuration().passedOver, [
    { variable: "ALL_PROXY", by: "SOCKS_SERVER" },
    { variable: "SOCKS_SERVER", by: "the option proxy" },
    { variable: "NO_PROXY", by: "the option noProxy" },
    { variable: "SOCKS_CONF", by: "the option proxy" },
  ]);
});
