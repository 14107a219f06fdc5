import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { assertKeepsTo } from "../support/schema.js";
import { repository } from "../support/user-folder.js";
import { Workplace } from "./workplace.js";

const conf = `# The first that matches decides.
direct 10.0.0.0 255.0.0.0
sockd @=socks5://u:secret@inner:1,socks4://old:2 10.0.0.0/8 eq 80   # never reached
sockd @=inner:1 .corp.example eq 443
sockd .example
deny bad.test
`;

describe("tsocksify route", () => {
  let workplace: Workplace;
  before(() => {
    workplace = new Workplace({ "socks.conf": conf });
    workplace.linkPackage("@tsocksify/runtime", join(repository, "src/runtime"));
  });
  after(() => workplace.remove());
  const run = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
    workplace.tsocksify(["route", ...args], { env });

  const rows: {
    what: string;
    args: string[];
    env?: NodeJS.ProcessEnv;
    code: number;
    says: RegExp[];
  }[] = [
    {
      what: "an environment variable",
      args: ["db.example", "5432"],
      env: { SOCKS_SERVER: "gate:1080" },
      code: 0,
      says: [
        /^db\.example:5432 goes through a proxy\n/,
        /through +socks5:\/\/gate:1080 \(SOCKS_SERVER\)\n/,
        /asked for +db\.example:5432, a name that the proxy resolves\n/,
      ],
    },
    {
      what: "a variable that another one overrules",
      args: ["db.example:5432"],
      env: { SOCKS4_SERVER: "old", ALL_PROXY: "socks5://other" },
      code: 0,
      says: [/socks4:\/\/old:1080 \(SOCKS4_SERVER\)/, /not obeyed +ALL_PROXY, .* SOCKS4_SERVER comes first/],
    },
    {
      what: "an entry of NO_PROXY",
      args: ["a.corp:80"],
      env: { SOCKS_SERVER: "gate", no_proxy: "10.0.0.0/8,.corp" },
      code: 0,
      says: [/goes directly: no proxy/, /rule +no_proxy: \.corp\n/, /resolved by +this machine/],
    },
    {
      what: "credentials that stand elsewhere, without the password",
      args: ["x.example", "1"],
      env: { SOCKS_SERVER: "gate", SOCKS_USERNAME: "joe", SOCKS_PASSWORD: "secret" },
      code: 0,
      says: [/socks5:\/\/joe:\*\*\*@gate:1080 \(SOCKS_SERVER; user name of\s+SOCKS_USERNAME\)/],
    },
    {
      what: "a line of socks.conf, the first of two that match",
      args: ["10.1.2.3", "80"],
      env: { SOCKS_CONF: "socks.conf" },
      code: 0,
      says: [/goes directly/, /rule +socks\.conf:2: direct 10\.0\.0\.0 255\.0\.0\.0\n/],
    },
    {
      what: "a line of socks.conf that names a proxy",
      args: ["www.corp.example", "443"],
      env: { SOCKS_CONF: "socks.conf", SOCKS_SERVER: "gate" },
      code: 0,
      says: [
        /rule +socks\.conf:4: sockd @=socks5:\/\/inner:1 /,
        /through +socks5:\/\/inner:1 \(socks\.conf:4\)/,
      ],
    },
    {
      what: "a line of socks.conf for the default proxy",
      args: ["www.corp.example", "80"],
      env: { SOCKS_CONF: "socks.conf", SOCKS_SERVER: "gate" },
      code: 0,
      says: [/rule +socks\.conf:5: sockd \.example/, /through +socks5:\/\/gate:1080 \(SOCKS_SERVER\)/],
    },
    {
      what: "a line of socks.conf that denies",
      args: ["bad.test", "80"],
      env: { SOCKS_CONF: "socks.conf" },
      code: 1,
      says: [/is denied/, /rule +socks\.conf:6: deny bad\.test/, /fails with +EACCES/],
    },
    {
      what: "the end of socks.conf",
      args: ["else.test", "80"],
      env: { SOCKS_CONF: "socks.conf" },
      code: 1,
      says: [/rule +socks\.conf: no line matches/],
    },
    {
      what: "no configuration",
      args: ["x.example", "80"],
      code: 1,
      says: [/goes nowhere: nothing is configured/, /fails with +ESOCKSNOCONF: .*SOCKS_SERVER/s],
    },
    {
      what: "what the proxy can't be asked for",
      args: ["[2001:db8::7]:80"],
      env: { SOCKS4_SERVER: "old" },
      code: 1,
      says: [/^\[2001:db8::7\]:80 /, /fails with +EAFNOSUPPORT: SOCKS4 has no way/],
    },
    {
      what: "a BIND for a peer that is reached directly",
      args: ["a.corp", "0", "--op", "bind"],
      env: { SOCKS_SERVER: "gate", NO_PROXY: "corp" },
      code: 1,
      says: [/fails with +EADDRNOTAVAIL: .*directly/s],
    },
    {
      what: "a BIND at a proxy",
      args: ["ftp.example", "0", "--op", "bind"],
      env: { SOCKS_SERVER: "gate" },
      code: 0,
      says: [/^ftp\.example:0 is listened for at a proxy/],
    },
  ];
  for (const { what, args, env, code, says } of rows)
    test(`tells of ${what}`, () => {
      const ran = run(args, env);
      assert.equal(ran.stderr, "");
      assert.equal(ran.code, code);
      for (const expected of says) assert.match(ran.stdout, expected);
      assert.doesNotMatch(ran.stdout, /secret/);
      const forPrograms = run([...args, "--json"], env);
      assert.equal(forPrograms.code, code);
      assertKeepsTo("route", forPrograms.stdout);
    });

  test("--json tells the same to programs, without a password", () => {
    const env = { SOCKS_SERVER: "socks5://joe:secret@gate:9", ALL_PROXY: "socks5://x", NO_PROXY: "y" };
    assert.deepEqual(JSON.parse(run(["bücher.example:1", "--json"], env).stdout), {
      version: 1,
      command: "connect",
      destination: { host: "bücher.example", port: 1 },
      kind: "proxies",
      rule: { source: "SOCKS_SERVER", text: "everything that no rule is about" },
      chains: [[{ url: "socks5://joe:***@gate:9", source: "SOCKS_SERVER" }]],
      asked: "xn--bcher-kva.example:1",
      passedOver: [{ variable: "ALL_PROXY", by: "SOCKS_SERVER" }],
    });
    assert.deepEqual((JSON.parse(run(["z:1", "--json"]).stdout) as { error: unknown }).error, {
      code: "ESOCKSNOCONF",
      reason: "no SOCKS proxy is configured",
      remedy:
        "Set SOCKS_SERVER (socks5://host:port), or call SOCKSinit(name, { proxy }) before the first connection.",
    });
  });

  for (const [what, args, env, message] of [
    ["no port", ["db.example"], {}, /db\.example: HOST:PORT is expected/],
    ["a port that is none", ["db.example", "65536"], {}, /65536 is no TCP port/],
    ["a URL", ["https://db.example/", "1"], {}, /https:\/\/db\.example\/ is no host/],
    ["an unknown operation", ["a", "1", "--op", "listen"], {}, /connect, bind/],
    ["a scheme that is no SOCKS", ["a", "1"], { ALL_PROXY: "http://p" }, /ESOCKSBADCONF: ALL_PROXY has the/],
    ["a socks.conf that is not there", ["a", "1"], { SOCKS_CONF: "none" }, /none cannot be read/],
  ] as const)
    test(`${what} is one clear line, and exit code 2`, () => {
      const { code, stdout, stderr } = run(args, env);
      assert.equal(code, 2);
      assert.equal(stdout, "");
      assert.match(stderr, /^tsocksify: .*\n$/);
      assert.match(stderr, message);
    });

  test("without an installed runtime there is nobody to ask", () => {
    const bare = new Workplace({});
    const { code, stderr } = bare.tsocksify(["route", "a", "1"]);
    assert.equal(code, 2);
    assert.equal(
      stderr,
      "tsocksify: @tsocksify/runtime is not installed here: npm install @tsocksify/runtime\n",
    );
    bare.remove();
  });

  test("a runtime from before this command is named with its version", () => {
    const old = new Workplace({
      "node_modules/@tsocksify/runtime/package.json":
        '{ "version": "0.0.9", "exports": { "./package.json": "./package.json" } }',
    });
    const { code, stderr } = old.tsocksify(["route", "a", "1"]);
    assert.equal(code, 2);
    assert.match(stderr, /@tsocksify\/runtime 0\.0\.9, which is installed here, can't be asked/);
    old.remove();
  });
});
