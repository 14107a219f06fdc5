import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { GuardReport } from "@tsocksify/runtime";
import { createSockd } from "tsocksify/sockd";
import { danteSkip, startDante } from "../support/peers/dante";
import { slapdSkip, startSlapd, type Slapd } from "../support/peers/slapd";
import { sshdSkip, startSshDynamicForward } from "../support/peers/sshd";
import { ldapts, node, Project } from "../support/project";

const certificates = join(__dirname, "../runtime/certificates");
const ca = join(certificates, "ca.pem");

/** The program under test: adds an entry, finds it again, and tells what the guard saw. */
const program = `
import { readFileSync } from "node:fs";
import { SOCKSinit, SOCKSreport } from "@tsocksify/runtime";
import { Client } from "./dist/index.js";
SOCKSinit("ldapts.test", { guard: "report" });
const { mode, host, port, ca, base, rootDn, rootPassword, entry } = JSON.parse(process.argv[2]);
const tlsOptions = { ca: readFileSync(ca), servername: "localhost" };
const url = (mode === "ldaps" ? "ldaps" : "ldap") + "://" + host + ":" + port;
const client = new Client({ url, ...(mode === "ldaps" && { tlsOptions }), timeout: 10_000 });
if (mode === "startTLS") await client.startTLS(tlsOptions);
await client.bind(rootDn, rootPassword);
const dn = "ou=" + entry + "," + base;
await client.add(dn, { objectClass: ["organizationalUnit"], ou: entry, description: "x".repeat(100_000) });
const { searchEntries } = await client.search(dn, { scope: "base" });
await client.del(dn);
await client.unbind();
const [{ ou, description }] = searchEntries;
console.log(JSON.stringify({ ou, length: description.length, guard: SOCKSreport() }));
`;

const byName = (scheme: string) => ({ scheme, host: "localhost" });
const byAddress = (scheme: string) => ({ scheme, host: "127.0.0.1" });

const proxies = [
  {
    name: "our own server",
    skip: false as const,
    start: startOwn,
    by: [byName("socks5"), byName("socks4a")],
  },
  // Dante knows SOCKS4, not 4a.
  { name: "Dante", skip: danteSkip, start: () => startDante(), by: [byName("socks5"), byAddress("socks4")] },
  {
    name: "ssh -D",
    skip: sshdSkip,
    start: startSshDynamicForward,
    by: [byName("socks5"), byName("socks4a")],
  },
];

async function startOwn() {
  const sockd = await createSockd().listen();
  return { port: sockd.address().port, stop: () => sockd.close({ grace: 0 }) };
}

describe("ldapts, compiled from its published sources, talks to OpenLDAP", { skip: slapdSkip }, () => {
  let project: Project;
  let slapd: Slapd;

  before(async () => {
    const { cert, key } = {
      cert: join(certificates, "server.pem"),
      key: join(certificates, "server-key.pem"),
    };
    slapd = await startSlapd({ ca, cert, key });
    // slapd has no root entry yet, and only ldapts is here to make one: plainly, with the npm package.
    const { Client } = await import("ldapts");
    const client = new Client({ url: `ldap://127.0.0.1:${slapd.port}` });
    await client.bind(slapd.rootDn, slapd.rootPassword);
    await client.add(slapd.base, { objectClass: ["dcObject", "organization"], dc: "example", o: "example" });
    await client.unbind();
    project = await Project.ofPackage(ldapts.name, { "program.mjs": program });
    const { code, stdout, report } = await project.compile(ldapts.compilerOptions);
    assert.equal(code, 0, stdout);
    assert.deepEqual(
      report.rewrites.map(({ from, to }) => `${from} → ${to}`),
      ["tls.connect → Rtls.connect", "tls.connect → Rtls.connect", "net.connect → Rconnect"],
    );
  });

  after(async () => {
    await project?.remove();
    await slapd?.stop();
  });

  for (const { name, skip, start, by } of proxies) {
    describe(`through ${name}`, { skip }, () => {
      for (const { scheme, host } of by) {
        for (const mode of ["plain", "startTLS", "ldaps"]) {
          test(`${scheme}, ${mode}`, async (t) => {
            const proxy = await start();
            t.after(proxy.stop);
            const { base, rootDn, rootPassword } = slapd;
            const port = mode === "ldaps" ? slapd.tlsPort : slapd.port;
            const entry = `${scheme}-${mode}`;
            const args = JSON.stringify({ mode, host, port, ca, base, rootDn, rootPassword, entry });
            const { code, stdout, stderr } = await node(["--enable-source-maps", "program.mjs", args], {
              cwd: project.directory,
              env: { PATH: process.env.PATH, SOCKS_SERVER: `${scheme}://127.0.0.1:${proxy.port}` },
              timeout: 60_000,
            });
            assert.equal(code, 0, stderr);
            const result = JSON.parse(stdout) as { ou: string; length: number; guard: GuardReport };
            assert.deepEqual({ ou: result.ou, length: result.length }, { ou: entry, length: 100_000 });
            const { proxied, allowed, direct, datagrams, queries } = result.guard;
            assert.deepEqual(
              { proxied, allowed, direct, datagrams, queries },
              { proxied: 1, allowed: 0, direct: 0, datagrams: 0, queries: 0 },
            );
          });
        }
      }
    });
  }
});
