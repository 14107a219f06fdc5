import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import tls from "node:tls";
import { Rconnect, SOCKSinit, SocksError, type SocksOptions } from "@tsocksify/runtime";
import { explainRoute } from "@tsocksify/runtime/routes";
import { createSockd, type Sockd } from "tsocksify/sockd";
import { ca, server as certificate } from "./support/certificates";
import { nothingLeftOver } from "./support/left-over";

const hosts = { "echo.test": "127.0.0.1", "xn--bcher-kva.test": "127.0.0.1" };
const folder = mkdtempSync(join(tmpdir(), "tsocksify-routes-"));
let echo: net.Server;
let port: number;
let accepted = 0;
let first: Sockd;
let second: Sockd;

before(async () => {
  echo = net.createServer((socket) => {
    accepted++;
    socket.on("error", () => {}).pipe(socket);
  });
  echo.listen(0, "127.0.0.1");
  await once(echo, "listening");
  port = (echo.address() as net.AddressInfo).port;
  first = await createSockd({ hosts }).listen();
  second = await createSockd({ hosts, users: { "some one": "p@ss:word/%" } }).listen();
});

after(async () => {
  echo.close();
  await first.close({ grace: 0 });
  await second.close({ grace: 0 });
  rmSync(folder, { recursive: true });
});

/** Connects, sends a line and gets it back. */
async function talk(options: SocksOptions, host = "echo.test", to = port): Promise<void> {
  SOCKSinit("test", options);
  const socket = Rconnect(to, host);
  socket.end("hello");
  let text = "";
  for await (const bytes of socket) text += String(bytes);
  assert.equal(text, "hello");
}

async function failure(host = "echo.test", to = port): Promise<SocksError> {
  const [error] = (await once(Rconnect(to, host), "error")) as [SocksError];
  assert.ok(error instanceof SocksError);
  return error;
}

const portOf = (sockd: Sockd): number => Number(new URL(sockd.url).port);

const connects = (sockd: Sockd): number =>
  Object.values(sockd.counters.connects).reduce((sum, count) => sum + count, 0);

async function goesThrough(proxies: readonly Sockd[], work: () => Promise<void>): Promise<void> {
  const before = [first, second].map(connects);
  await work();
  assert.deepEqual(
    [first, second].map((sockd, i) => connects(sockd) - before[i]!),
    [first, second].map((sockd) => (proxies.includes(sockd) ? 1 : 0)),
  );
}

const login = "some%20one:p%40ss%3Aword%2F%25@";
const withLogin = () => second.url.replace("://", `://${login}`);

test("without any configuration there is an error and no connection", async () => {
  const before = accepted;
  SOCKSinit("test");
  const error = await failure("127.0.0.1");
  assert.equal(error.code, "ESOCKSNOCONF");
  assert.match(
    error.message,
    new RegExp(`127\\.0\\.0\\.1:${port}: no SOCKS proxy is configured\\. Set SOCKS_SERVER`),
  );
  assert.equal(accepted, before);
});

test("a proxy that is not there is an error that names it, and no connection", async () => {
  const before = accepted;
  SOCKSinit("test", { proxy: "socks5://user:secret@127.0.0.1:1" });
  const error = await failure("127.0.0.1");
  assert.equal(error.code, "ECONNREFUSED");
  assert.equal(error.stage, "proxy");
  assert.match(error.message, /via socks5:\/\/user:\*\*\*@127\.0\.0\.1:1: the proxy cannot be reached/);
  assert.doesNotMatch(JSON.stringify(error) + error.stack, /secret/);
  assert.equal(accepted, before);
});

test("a configuration that cannot be read is ESOCKSBADCONF, and never tells a password", async (t) => {
  const wrong: [string, SocksOptions][] = [
    ["an unknown scheme", { proxy: "http://u:secret@proxy:8080" }],
    ["no URL", { proxy: "proxy:1080" }],
    ["no host", { proxy: "socks5://" }],
    ["a port out of range", { proxy: "socks5://u:secret@proxy:99999" }],
    ["a path behind the port", { proxy: "socks5://u:secret@proxy:1080/path" }],
    ["broken percent-encoding", { proxy: "socks5://u:secret%zz@proxy" }],
    ["an empty list", { proxy: [] }],
    ["both a proxy and a chain", { proxy: "socks5://a", chain: ["socks5://b"] }],
    ["a password of 256 bytes", { proxy: `socks5://u:${"x".repeat(256)}@proxy` }],
    ["a password without a name", { proxy: "socks5://a", password: "secret" }],
    ["a network that is none", { proxy: "socks5://a", noProxy: "10.0.0.0/33" }],
    ["a timeout of zero", { proxy: "socks5://a", timeout: 0 }],
    ["a Unix socket behind another proxy", { chain: ["socks5://a", "socks5+unix:///b"] }],
    ["a socks.conf that is not there", { conf: join(folder, "absent") }],
    ["an option that does not exist", { proxi: "socks5://a" } as never],
    ["options that are none", "socks5://u:secret@proxy" as never],
    ["an option of another type", { proxy: "socks5://a", earlyData: "no" as never }],
    ["a proxy that is null", { proxy: null as never }],
    ["a part of a proxy that does not exist", { proxy: { host: "a", prot: 9050 } as never }],
    ["a proxy's password without a name", { proxy: { host: "a", password: "secret" } }],
    ["a rule without a way", { rules: [{ to: "a" } as never] }],
    ["a rule for nothing", { rules: [{ to: [], via: "deny" }] }],
    ["a Unix socket's path that is not absolute", { proxy: "socks5+unix://u:secret@run/socks" }],
    ["a Unix socket's path that cannot be read", { proxy: "socks5+unix:///run/100%" }],
    ["a name server that is none", { proxy: "socks5://a", resolver: "u:secret@dns" }],
    ...["10.*", ":80", "a.test:http", "a.test:65536", "socks5://u:secret@a", "."].map(
      (noProxy): [string, SocksOptions] => [`"${noProxy}" in noProxy`, { proxy: "socks5://a", noProxy }],
    ),
  ];
  for (const [what, options] of wrong)
    await t.test(what, () => {
      assert.throws(
        () => SOCKSinit("test", options),
        (error: SocksError) =>
          error.code === "ESOCKSBADCONF" &&
          error.remedy !== "" &&
          !/secret|xxx/.test(error.message + error.stack),
      );
    });
});

test("the name of the program goes before the options", () => {
  assert.throws(() => SOCKSinit({ proxy: "socks5://a" } as never), {
    code: "ESOCKSBADCONF",
    message: /SOCKSinit\(name, \{ proxy \}\)/,
  });
});

test("NO_PROXY: what each form stands for", async (t) => {
  const rows: [list: string, host: string, direct: boolean][] = [
    ["*", "a.test", true],
    ["*:80", "a.test", true],
    ["*:81", "a.test", false],
    ["a.test", "a.test", true],
    ["a.test", "b.a.test", true],
    ["a.test", "ba.test", false],
    [".a.test", "b.a.test", true],
    ["*.a.test", "b.a.test", true],
    ["A.Test.", "a.tEST", true],
    ["a.test", "a.test.", true],
    ["bücher.test", "xn--bcher-kva.test", true],
    ["xn--bcher-kva.test", "Bücher.test", true],
    ["x.test, a.test:80", "a.test", true],
    ["a.test:81", "a.test", false],
    ["10.0.0.0/8", "10.1.2.3", true],
    ["10.0.0.0/8", "11.1.2.3", false],
    ["10.0.0.0/8", "::ffff:10.1.2.3", true],
    ["10.0.0.0/8:80", "10.1.2.3", true],
    ["fd00::/8", "fd12::1", true],
    ["fd00::1", "FD00:0::1", true],
    ["[fd00::1]:80", "fd00::1", true],
    ["[fd00::1]:81", "fd00::1", false],
    ["::/0", "a.test", false],
    ["", "a.test", false],
  ];
  for (const [noProxy, host, direct] of rows)
    await t.test(`"${noProxy}", ${host}`, () => {
      SOCKSinit("test", { proxy: "socks5://gate.test", noProxy });
      assert.equal(explainRoute(host, 80).kind, direct ? "direct" : "proxies");
    });
});

test("what a rule makes direct is the host that it was asked for, whatever the options answer next", async (t) => {
  const elsewhere = net.createServer().listen(port, "127.0.0.2");
  t.after(() => elsewhere.close());
  await once(elsewhere, "listening");
  let strayed = 0;
  elsewhere.on("connection", (socket) => (strayed++, socket.destroy()));
  SOCKSinit("test", { proxy: first.url, noProxy: "127.0.0.1" });
  for (const prototype of [Object.prototype, { port }]) {
    const hosts = ["127.0.0.1"];
    const options = Object.defineProperty({ __proto__: prototype, port }, "host", {
      enumerable: true,
      get: () => hosts.shift() ?? "127.0.0.2",
    });
    const socket = Rconnect(new net.Socket(), options as never);
    await once(socket, "connect");
    assert.equal(socket.remoteAddress, "127.0.0.1");
    socket.destroy();
  }
  assert.equal(strayed, 0);
});

test("the environment configures, the first variable that is set wins", async (t) => {
  const variables = [
    "SOCKS_SERVER",
    "SOCKS5_SERVER",
    "SOCKS4_SERVER",
    "ALL_PROXY",
    "SOCKS_USERNAME",
    "SOCKS_PASSWORD",
    "NO_PROXY",
    "SOCKS_CONF",
  ];
  const withEnvironment = async (env: Record<string, string>, work: () => Promise<void>): Promise<void> => {
    for (const name of variables) delete process.env[name];
    Object.assign(process.env, env);
    await work().finally(() => variables.forEach((name) => delete process.env[name]));
  };
  const place = () => `127.0.0.1:${portOf(first)}`;
  const rows: [string, () => Record<string, string>, () => Sockd[]][] = [
    [
      "SOCKS_SERVER is host:port",
      () => ({ SOCKS_SERVER: place(), ALL_PROXY: "socks5://127.0.0.1:1" }),
      () => [first],
    ],
    ["SOCKS_SERVER is a URL", () => ({ SOCKS_SERVER: withLogin(), SOCKS5_SERVER: place() }), () => [second]],
    ["SOCKS5_SERVER", () => ({ SOCKS5_SERVER: place() }), () => [first]],
    ["SOCKS4_SERVER, with a name: 4A", () => ({ SOCKS4_SERVER: place() }), () => [first]],
    ["ALL_PROXY", () => ({ ALL_PROXY: `socks5h://${place()}` }), () => [first]],
    [
      "SOCKS_USERNAME and SOCKS_PASSWORD",
      () => ({ SOCKS_SERVER: second.url, SOCKS_USERNAME: "some one", SOCKS_PASSWORD: "p@ss:word/%" }),
      () => [second],
    ],
  ];
  for (const [what, env, through] of rows)
    await t.test(what, () => withEnvironment(env(), () => goesThrough(through(), () => talk({}))));
  await t.test("NO_PROXY makes a destination direct", () =>
    withEnvironment({ SOCKS_SERVER: place(), NO_PROXY: "example.com, 127.0.0.0/8" }, () =>
      goesThrough([], () => talk({}, "127.0.0.1")),
    ),
  );
  await t.test("an unknown scheme is ESOCKSBADCONF", () =>
    withEnvironment({ ALL_PROXY: "https://proxy" }, async () => {
      assert.throws(() => SOCKSinit("test"), { code: "ESOCKSBADCONF" });
    }),
  );
});

test("a proxy of a list that does not work is passed over", () =>
  goesThrough([first], () => talk({ proxy: ["socks5://127.0.0.1:1", first.url, withLogin()] })));

test("a destination that refuses is no reason to ask another proxy", async () => {
  SOCKSinit("test", { proxy: [first.url, withLogin()] });
  const before = second.counters.accepted;
  const error = await failure("127.0.0.1", 1);
  assert.equal(error.code, "ECONNREFUSED");
  assert.equal(error.stage, "destination");
  assert.equal(second.counters.accepted, before);
});

test("proxies that swallow packets share one deadline", async () => {
  const silent = net.createServer(() => {});
  silent.listen(0, "127.0.0.1");
  await once(silent, "listening");
  const url = `socks5://127.0.0.1:${(silent.address() as net.AddressInfo).port}`;
  SOCKSinit("test", { proxy: [url, url, url], timeout: 300 });
  const started = performance.now();
  assert.equal((await failure()).code, "ETIMEDOUT");
  const milliseconds = performance.now() - started;
  assert.ok(milliseconds >= 290 && milliseconds < 1500, `${milliseconds} ms`);
  await goesThrough([first], () => talk({ proxy: [url, first.url], timeout: 600 }));
  silent.close();
});

test("a chain goes through each of its proxies", async () => {
  await goesThrough([first, second], () => talk({ chain: [first.url, withLogin()] }));
  assert.equal(
    first.counters.connects[`127.0.0.1:${portOf(second)}`],
    1,
    "the first is asked for the second",
  );
});

test("a proxy listens on a Unix socket", async () => {
  const path = join(folder, "proxy.sock");
  const relay = net.createServer({ allowHalfOpen: true }, (client) => {
    const proxy = net.connect({ port: portOf(first), host: "127.0.0.1", allowHalfOpen: true });
    client
      .on("error", () => {})
      .pipe(proxy.on("error", () => {}))
      .pipe(client);
  });
  relay.listen(path);
  await once(relay, "listening");
  await goesThrough([first], () => talk({ proxy: `socks5+unix://${path}` }));
  await goesThrough([first], () => talk({ proxy: { path } }));
  relay.close();
});

test("a proxy speaks TLS: alone, as the last of a chain, and with bytes in both directions", async () => {
  const secure = tls.createServer({ ...certificate, allowHalfOpen: true }, (client) => {
    const proxy = net.connect({ port: portOf(first), host: "127.0.0.1", allowHalfOpen: true });
    client
      .on("error", () => {})
      .pipe(proxy.on("error", () => {}))
      .pipe(client);
  });
  secure.listen(0, "127.0.0.1");
  await once(secure, "listening");
  const overTLS = { host: "127.0.0.1", port: (secure.address() as net.AddressInfo).port, tls: { ca } };
  const nothingLeft = nothingLeftOver();
  await goesThrough([first], () => talk({ proxy: overTLS }));
  await goesThrough([first, second], () => talk({ chain: [withLogin(), overTLS] }));

  SOCKSinit("test", { proxy: overTLS });
  const socket = Rconnect(port, "echo.test");
  assert.ok(socket instanceof net.Socket);
  const sent = Buffer.alloc(3_000_000, "tsocksify");
  socket.end(sent);
  const received: Buffer[] = [];
  for await (const bytes of socket) received.push(bytes as Buffer);
  assert.ok(Buffer.concat(received).equals(sent));
  assert.equal(socket.bytesRead, sent.length);
  assert.equal(socket.bytesWritten, sent.length);
  await nothingLeft();

  SOCKSinit("test", { proxy: { ...overTLS, tls: true } });
  const error = await failure();
  assert.equal(
    error.code,
    "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
    "a certificate of an unknown authority is refused",
  );
  secure.close();
});

test("rules decide by destination, the first that matches", async (t) => {
  const proxy = () => first.url;
  await t.test("direct", () =>
    goesThrough([], () => talk({ proxy: proxy(), rules: [{ to: "127.0.0.1", via: "direct" }] }, "127.0.0.1")),
  );
  await t.test("another proxy, by name", () =>
    goesThrough([second], () => talk({ proxy: proxy(), rules: [{ to: "*.test", via: withLogin() }] })),
  );
  await t.test("a name is not resolved to match an address", () =>
    goesThrough([first], () => talk({ proxy: proxy(), rules: [{ to: "127.0.0.0/8", via: "direct" }] })),
  );
  await t.test("a rule for another port does not match", () =>
    goesThrough([first], () => talk({ proxy: proxy(), rules: [{ to: "echo.test:25", via: "deny" }] })),
  );
  await t.test("deny", async () => {
    SOCKSinit("test", { proxy: proxy(), rules: [{ to: ["a.test", `echo.test:${port}`], via: "deny" }] });
    assert.equal((await failure()).code, "EACCES");
  });
});

test("socks.conf decides by its first matching line", async (t) => {
  const conf = (text: string): string => {
    const path = join(folder, "socks.conf");
    writeFileSync(path, text);
    return path;
  };
  const at = () => `127.0.0.1:${portOf(first)}`;
  const rows: [string, string, () => string, () => Sockd[] | string, string?][] = [
    ["sockd with a server", "ALL", () => `sockd @=${at()} ALL 0.0.0.0`, () => [first]],
    ["servers in order", "ALL", () => `sockd @=127.0.0.1:1,${at()} ALL 0.0.0.0`, () => [first]],
    ["direct by mask", "mask", () => `direct 127.0.0.0 255.0.0.0\ndeny ALL 0.0.0.0`, () => [], "127.0.0.1"],
    ["comments", "#", () => `# all of it\nsockd @=${at()} .test # below\n`, () => [first]],
    [
      "port operators",
      "op",
      () => `deny ALL 0.0.0.0 neq ${port}\nsockd @=${at()} ALL 0.0.0.0 ge ${port}`,
      () => [first],
    ],
    [
      "another user",
      "*=",
      () => `deny *=nobody-here ALL 0.0.0.0\nsockd @=${at()} ALL 0.0.0.0`,
      () => [first],
    ],
    ["deny", "deny", () => `deny echo.test\nsockd @=${at()} ALL 0.0.0.0`, () => "EACCES"],
    ["no line matches", "none", () => `sockd @=${at()} 10.0.0.0 255.0.0.0`, () => "EACCES"],
    ["no default server", "default", () => `sockd ALL 0.0.0.0`, () => "ESOCKSNOCONF"],
    ["all, in any case", "all", () => `deny all\nsockd @=${at()} ALL`, () => "EACCES"],
    [
      "a mask, and the same address as IPv6 has it",
      "mapped",
      () => `deny 127.0.0.0 255.0.0.0\nsockd @=${at()} ALL`,
      () => "EACCES",
      "::ffff:127.0.0.1",
    ],
  ];
  for (const [what, , text, expected, host] of rows)
    await t.test(what, async () => {
      const path = conf(text());
      const outcome = expected();
      if (typeof outcome !== "string") return goesThrough(outcome, () => talk({ conf: path }, host));
      SOCKSinit("test", { conf: path });
      assert.equal((await failure(host)).code, outcome);
    });
  await t.test("lines without @= use the proxy that is configured", () =>
    goesThrough([first], () => talk({ proxy: first.url, conf: conf("sockd ALL 0.0.0.0") })),
  );
  for (const line of [
    "allow ALL 0.0.0.0",
    "direct",
    "deny 10.0.0.0",
    "deny ALL 0.0.0.0 eq x",
    "deny ALL 0.0.0.0 : mail",
    "deny ALL 0.0.0.0 eq 65536",
    // Taken at its word, the mask would make everything direct.
    "direct .corp.test 0.0.0.0",
    "direct ALL 255.0.0.0",
    "direct .",
    "sockd ALL 0.0.0.0 @=socks5://u:secret@gate",
    "sockd *=root @=socks5://u:secret@gate ALL 0.0.0.0",
    "sockd socks5://u:secret@gate ALL 0.0.0.0",
  ])
    await t.test(`"${line}" is refused, with its line number`, () => {
      assert.throws(() => SOCKSinit("test", { conf: conf(`\n${line}`) }), {
        code: "ESOCKSBADCONF",
        message: /socks\.conf:2(?!.*secret)/,
      });
    });
});

test("names that are not ASCII go out as punycode", () =>
  goesThrough([first], () => talk({ proxy: first.url }, "bücher.test")));

test("a name that cannot be is refused before anything is dialled", async (t) => {
  SOCKSinit("test", { proxy: first.url });
  const before = first.counters.accepted;
  for (const host of ["a..b", `${"x".repeat(64)}.test`, "x.".repeat(130), "a b.test"])
    await t.test(host.slice(0, 20), async () => {
      assert.equal((await failure(host)).code, "ENOTFOUND");
    });
  assert.equal(first.counters.accepted, before);
});

test("an IPv6 address over SOCKS4 is EAFNOSUPPORT, never a name", async () => {
  SOCKSinit("test", { proxy: first.url.replace("socks5", "socks4") });
  assert.equal((await failure("2001:db8::1", 80)).code, "EAFNOSUPPORT");
});

test("an address that means something here only is refused", async () => {
  SOCKSinit("test", { proxy: first.url });
  assert.equal((await failure("fe80::1%lo", 80)).code, "EINVAL");
});

test("Tor isolation gives each destination a user name of its own", async () => {
  const users: (string | undefined)[] = [];
  const tor = await createSockd({
    hosts,
    users: { [`echo.test:${port}`]: "isolate", [`127.0.0.1:${port}`]: "isolate" },
    onSession: ({ user }) => users.push(user),
  }).listen();
  for (const host of ["echo.test", "127.0.0.1", "echo.test"])
    await talk({ proxy: tor.url, isolate: "destination" }, host);
  await tor.close();
  assert.deepEqual(users, [`echo.test:${port}`, `127.0.0.1:${port}`, `echo.test:${port}`]);
});
