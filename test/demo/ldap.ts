import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { GuardReport } from "@tsocksify/runtime";
import { createSockd } from "tsocksify/sockd";
import { startLdapjs, type LdapServer } from "../support/peers/ldapjs";
import { ldapts, node, Project } from "../support/project";
import { check } from "./check";
import { callSites, heading, table } from "./print";

const name = "ldap.demo.internal";

/** Compiles ldapts, and searches through the embedded SOCKS server with it. */
export async function ldapDemo(): Promise<void> {
  const search = await readFile(join(__dirname, "search.mjs"), "utf8");
  const project = await Project.ofPackage(ldapts.name, { "search.mjs": search });
  try {
    const { version } = JSON.parse(await project.read("package.json")) as { version: string };
    heading(`1. The published sources of ldapts ${version}, compiled with tspc and tsocksify`);
    const { code, stdout, report } = await project.compile(ldapts.compilerOptions);
    process.stdout.write(stdout);
    callSites(report);
    const { tally } = report;
    check("tspc ends with 0", code === 0);
    check("the tally adds up", tally.callSites === tally.rewritten + tally.reported + tally.irrelevant);
    check("nothing is left to report", tally.rewritten > 0 && tally.reported === 0);
    await searchThroughProxy(project);
  } finally {
    await project.remove();
  }
}

async function searchThroughProxy(project: Project): Promise<void> {
  heading("2. A search with the compiled client, through the embedded SOCKS server");
  const server = await startLdapjs();
  const sockd = await createSockd({ hosts: { [name]: "127.0.0.1" } }).listen();
  const { url } = sockd;
  try {
    const run = await program(project, "./dist/index.js", `ldap://${name}:${server.port}`, url);
    await sockd.close();
    table(run.entries.map(({ dn, mail }) => [dn, mail]));
    console.log(`  routes (${name} is a name that only the proxy knows):`);
    table(
      sockd.sessions.map(({ destination, command, peer, bound, bytesUp, bytesDown }) => [
        `  ${destination}`,
        `${command} via ${url}`,
        `proxy ${bound} → ${peer}`,
        `${bytesUp} bytes up, ${bytesDown} down`,
      ]),
    );
    const direct = directConnections(server, sockd.sessions);
    console.log(
      `  direct connections: ${direct} (of ${server.accepted.length} the LDAP server accepted, by the proxy's count)`,
    );
    console.log(
      `  direct connections: ${run.guard.direct} (beside ${run.guard.proxied} to the proxy, ` +
        `${run.guard.datagrams} datagrams and ${run.guard.queries} DNS queries, by the guard's count)`,
    );
    check("the search found three people", run.entries.length === 3);
    check("the LDAP server saw the proxy and nobody else", server.accepted.length > 0 && direct === 0);
    check("the guard saw the proxy and nothing else", nothingPassed(run.guard) && run.guard.proxied > 0);
    await control(project, server);
  } finally {
    await sockd.close({ grace: 0 });
    await server.stop();
  }
}

/** The same counters with the package as it comes from npm: they must be able to count something else than 0. */
async function control(project: Project, server: LdapServer): Promise<void> {
  const before = server.accepted.length;
  const sockd = await createSockd().listen();
  try {
    const published = require.resolve("ldapts");
    const run = await program(project, published, `ldap://127.0.0.1:${server.port}`, sockd.url);
    const direct = server.accepted.length - before;
    console.log("  as a control, the same program with the ldapts that npm installed:");
    console.log(`  direct connections: ${direct} (LDAP server), ${run.guard.direct} (guard)`);
    check(
      "both counters count a direct connection when there is one",
      direct === 1 && run.guard.direct === 1,
    );
  } finally {
    await sockd.close();
  }
}

async function program(project: Project, client: string, url: string, proxy: string) {
  const env = { PATH: process.env.PATH, SOCKS_SERVER: proxy };
  const { code, stdout, stderr } = await node(
    ["--enable-source-maps", "--no-warnings=SocksGuardWarning", "search.mjs", client, url],
    { cwd: project.directory, env, timeout: 60_000 },
  );
  if (code !== 0) throw new Error(`the search failed with exit code ${code}:\n${stderr}`);
  return JSON.parse(stdout) as { entries: { dn: string; mail: string }[]; guard: GuardReport };
}

/** Connections at the target that are not the far end of one of the proxy's own. */
function directConnections(server: LdapServer, sessions: readonly { bound?: string }[]): number {
  const ours = new Set(sessions.map(({ bound }) => bound));
  return server.accepted.filter((peer) => !ours.has(peer)).length;
}

function nothingPassed(guard: GuardReport): boolean {
  return guard.direct === 0 && guard.datagrams === 0 && guard.queries === 0 && guard.allowed === 0;
}
