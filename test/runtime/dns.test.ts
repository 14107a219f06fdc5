import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import dns from "node:dns";
import net from "node:net";
import { before, test } from "node:test";
import { promisify } from "node:util";
import { Rconnect, Rdns, SOCKSinit } from "@tsocksify/runtime";
import { nameServer, type NameServer } from "./support/name-server";
import { Proxied } from "./support/proxied";
import { text } from "./support/text";

const proxied = new Proxied();
let port: number;
let server: NameServer;

before(async () => {
  port = await proxied.listen(net.createServer((socket) => socket.end("hello")));
  server = nameServer();
  const resolver = `other.test:${await proxied.listen(server)}`;
  SOCKSinit("test", { proxy: proxied.sockd.url, resolver, noProxy: "*.direct.test" });
});

type Answer = { address: string; family: number };
const lookup = promisify(Rdns.lookup) as unknown as (
  name: string,
  options?: unknown,
) => Promise<Answer & Answer[]>;

test("lookup answers with a reserved address, and Rconnect turns it back into the name", async () => {
  for (const family of [4, 6] as const) {
    const before = proxied.connects(`plain.test:${port}`);
    const { address, family: answered } = await lookup("plain.test", { family });
    assert.equal(answered, family);
    assert.equal(net.isIP(address), family);
    assert.match(address, family === 4 ? /^24\d\./ : /^100::/);
    const socket = Rconnect({ host: address, port });
    assert.equal(await text(socket), "hello");
    assert.equal(proxied.connects(`plain.test:${port}`), before + 1);
  }
});

test("the same name has the same address, another one has another", async () => {
  const [one, again, other] = await Promise.all(["a.test", "A.test", "b.test"].map((name) => lookup(name)));
  assert.equal(one!.address, again!.address);
  assert.notEqual(one!.address, other!.address);
});

test("every form of lookup has the form of Node's", async () => {
  assert.deepEqual(Object.keys((await lookup("a.test", { all: true }))[0]!), ["address", "family"]);
  assert.equal((await Rdns.promises.lookup("a.test")).family, 4);
  assert.equal((await Rdns.promises.lookup("a.test", { all: true })).length, 1);
  await new Promise<void>((resolve, reject) => {
    Rdns.lookup("a.test", (error, address, family) => {
      if (error) return reject(error);
      assert.equal(net.isIP(address), family);
      resolve();
    });
  });
});

test("addresses are answered with themselves, and bad arguments in Node's own words", async () => {
  assert.deepEqual(await lookup("192.0.2.1"), { address: "192.0.2.1", family: 4 });
  assert.deepEqual(await lookup("2001:db8::1"), { address: "2001:db8::1", family: 6 });
  assert.throws(() => Rdns.lookup("a.test", { family: 5 }, () => {}), { code: "ERR_INVALID_ARG_VALUE" });
  assert.throws(() => Rdns.lookup(1 as never, () => {}), { code: "ERR_INVALID_ARG_TYPE" });
});

test("a name with a direct route is resolved by this machine", async () => {
  await assert.rejects(lookup("nothing.direct.test"), { code: /^(ENOTFOUND|EAI_AGAIN)$/ });
});

test("a reserved address that no lookup has given out is refused, not dialled", async () => {
  const before = proxied.sockd.counters.accepted;
  const socket = Rconnect({ host: "250.1.2.3", port });
  const [error] = (await once(socket, "error")) as [NodeJS.ErrnoException];
  assert.equal(error.code, "EHOSTUNREACH");
  assert.equal(proxied.sockd.counters.accepted, before);
});

test("resolve* ask over TCP through the proxy, with results in the form of Node's", async () => {
  const { promises } = Rdns;
  assert.deepEqual(await promises.resolve4("host.test"), ["192.0.2.1", "192.0.2.2"]);
  assert.deepEqual(await promises.resolve4("host.test", { ttl: true }), [
    { address: "192.0.2.1", ttl: 60 },
    { address: "192.0.2.2", ttl: 60 },
  ]);
  assert.deepEqual(await promises.resolve6("host.test"), ["2001:db8::1"]);
  assert.deepEqual(await promises.resolve("alias.test"), ["192.0.2.1", "192.0.2.2"]);
  assert.deepEqual(await promises.resolve("host.test", "AAAA"), ["2001:db8::1"]);
  assert.deepEqual(await promises.resolveCname("alias.test"), ["host.test"]);
  assert.deepEqual(await promises.resolveMx("host.test"), [{ exchange: "mail.host.test", priority: 10 }]);
  assert.deepEqual(await promises.resolveNs("host.test"), ["ns.host.test"]);
  assert.deepEqual(await promises.resolveTxt("host.test"), [["one", "two"], ["three"]]);
  assert.deepEqual(await promises.resolveSrv("host.test"), [
    { name: "srv.host.test", port: 5060, priority: 1, weight: 2 },
  ]);
  assert.deepEqual(await promises.resolveSoa("host.test"), {
    nsname: "ns.host.test",
    hostmaster: "admin.host.test",
    serial: 1,
    refresh: 2,
    retry: 3,
    expire: 4,
    minttl: 5,
  });
  assert.deepEqual(await promises.resolveNaptr("host.test"), [
    { flags: "s", service: "SIP+D2U", regexp: "", replacement: "_sip.host.test", order: 30, preference: 100 },
  ]);
  assert.deepEqual(await promises.resolveCaa("host.test"), [{ critical: 0, issue: "ca.test" }]);
  assert.deepEqual(await promises.reverse("192.0.2.1"), ["host.test"]);
  assert.deepEqual(await promises.reverse("2001:db8::1"), ["host.test"]);
  assert.deepEqual(await promises.resolvePtr("1.2.0.192.in-addr.arpa"), ["host.test"]);
});

test("resolveAny lists every record", async () => {
  const records = await Rdns.promises.resolveAny("host.test");
  assert.deepEqual(records.map(({ type }) => type).sort(), [
    "A",
    "A",
    "AAAA",
    "CAA",
    "MX",
    "NAPTR",
    "NS",
    "SOA",
    "SRV",
    "TXT",
    "TXT",
  ]);
  assert.deepEqual(
    records.find(({ type }) => type === "TXT"),
    { type: "TXT", entries: ["one", "two"] } as never,
  );
});

test("the callback form, and a Resolver's own, do the same", async () => {
  const resolve = promisify(Rdns.resolve) as unknown as (name: string, type: string) => Promise<unknown>;
  assert.deepEqual(await resolve("host.test", "MX"), [{ exchange: "mail.host.test", priority: 10 }]);
  const own = new Rdns.Resolver();
  assert.ok(own instanceof dns.Resolver);
  assert.deepEqual(await promisify(own.resolve4.bind(own))("host.test"), ["192.0.2.1", "192.0.2.2"]);
});

test("errors carry the codes of Node's dns", async () => {
  const { promises } = Rdns;
  await assert.rejects(promises.resolve4("absent.test"), {
    code: "ENOTFOUND",
    syscall: "queryA",
    hostname: "absent.test",
    message: "queryA ENOTFOUND absent.test",
  });
  await assert.rejects(promises.resolveMx("alias.test"), { code: "ENODATA" });
  await assert.rejects(promises.resolve4("broken.test"), { code: "EBADRESP" });
  await assert.rejects(promises.resolve4("a..test"), { code: "EBADNAME" });
  await assert.rejects(promises.resolve4(`${"x".repeat(64)}.test`), { code: "EBADNAME" });
  const failing = new Rdns.promises.Resolver({ tries: 1 });
  await assert.rejects(failing.resolve4("failing.test"), { code: "ESERVFAIL" });
  const hasty = new Rdns.promises.Resolver({ timeout: 100, tries: 1 });
  await assert.rejects(hasty.resolve4("silent.test"), { code: "ETIMEOUT" });
  const cancelled = new Rdns.promises.Resolver();
  const answer = cancelled.resolve4("silent.test");
  setTimeout(() => cancelled.cancel(), 50);
  await assert.rejects(answer, { code: "ECANCELLED" });
});

test("concurrent queries share a connection, answered in any order", async () => {
  const before = server.connections;
  const [slow, fast] = await Promise.all([
    Rdns.promises.resolve4("slow.test"),
    Rdns.promises.resolve4("host.test"),
  ]);
  assert.deepEqual(slow, ["192.0.2.9"]);
  assert.equal(fast.length, 2);
  assert.ok(server.connections <= before + 1);
});

test("servers can be set for a resolver, and a proxy that cannot reach one is the error", async () => {
  const own = new Rdns.promises.Resolver({ tries: 1 });
  own.setServers(["127.0.0.1:1", "[::1]:1"]);
  assert.deepEqual(own.getServers(), ["127.0.0.1:1", "[::1]:1"]);
  await assert.rejects(own.resolve4("host.test"), { code: "ECONNREFUSED" });
});

test("lookupService knows the name behind a reserved address", async () => {
  const { address } = await lookup("plain.test");
  const { hostname, service } = await Rdns.promises.lookupService(address, 22);
  assert.equal(hostname, "plain.test");
  assert.match(service, /^(ssh|22)$/);
  assert.throws(() => Rdns.lookupService("nonsense", 22, () => {}), { code: "ERR_INVALID_ARG_VALUE" });
});

test("without a configured name server nobody is asked", async () => {
  SOCKSinit("test", { proxy: proxied.sockd.url });
  await assert.rejects(Rdns.promises.resolve4("host.test"), { code: "ESOCKSNOCONF" });
});

test("without any configuration a lookup asks nobody, and the connection says what is missing", () => {
  const program = `
    const { Rdns, Rconnect } = require("@tsocksify/runtime");
    Rdns.lookup("plain.test", (error, address) => {
      Rconnect(80, address).on("error", ({ code }) => console.log(error, address.startsWith("240."), code));
    });`;
  const output = execFileSync(process.execPath, ["-e", program], {
    encoding: "utf8",
    cwd: __dirname,
    env: {},
  });
  assert.equal(output, "null true ESOCKSNOCONF\n");
});
