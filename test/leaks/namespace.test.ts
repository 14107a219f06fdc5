import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { after, before, describe, test } from "node:test";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { createSockd, type Sockd } from "tsocksify/sockd";
import { corpusFolder, installCorpus } from "../support/corpus";
import type { Project } from "../support/project";
import { compileEveryApi, type Result } from "./compiled";
import { createNamespace, namespaceSkip, type Namespace } from "./namespace";
import { authority, hello, startTargets, type Targets } from "./targets";

const run = promisify(execFile);

const hook = ["--import", "tsocksify/register"];
const [once, never] = [1, 0].map((count) => ({ connections: count, throughProxy: count }));

/** Fetches a page with a package of its own. */
const fetching = `import fetch from "node-fetch";

const answer = await fetch(process.argv[2]).then((response) => response.text(), () => undefined);
console.log(JSON.stringify({ "node-fetch": { answer } }));
`;

/** A name that only the proxy knows, and that is in the targets' certificate. */
const name = "secure.test";

function relayed({ counters }: Sockd): number {
  return Object.values(counters.connects).reduce((sum, count) => sum + count, 0);
}

describe("in a network namespace whose only way out is the proxy", { skip: namespaceSkip }, () => {
  let project: Project;
  let namespace: Namespace;
  let targets: Targets;
  let sockd: Sockd;

  before(async () => {
    namespace = await createNamespace();
    targets = await startTargets(namespace.outside);
    sockd = createSockd({ hosts: { [name]: namespace.outside } });
    await sockd.listen(0, namespace.outside);
    project = await compileEveryApi();
    await project.write("fetching.mjs", fetching);
    installCorpus();
    for (const each of [
      "node-fetch",
      "data-uri-to-buffer",
      "fetch-blob",
      "formdata-polyfill",
      "node-domexception",
      "web-streams-polyfill",
    ])
      await cp(corpusFolder(each), join(project.directory, "node_modules", each), { recursive: true });
  });
  after(async () => {
    await sockd?.close({ grace: 0 });
    targets?.stop();
    await namespace?.remove();
    await project?.remove();
  });

  function everyApi(directory: string, host: string, scheme: string, options: readonly string[] = []) {
    const args = [...options, `${directory}/every-api.mjs`, JSON.stringify({ host, ports: targets.ports })];
    return inside(args, scheme);
  }

  /** Runs a program that prints results by API. */
  async function inside(args: readonly string[], scheme: string) {
    await namespace.allow(sockd.address().port);
    const before = { target: targets.connections(), proxy: relayed(sockd) };
    const [command, ...prefix] = namespace.prefix;
    const { stdout } = await run(command!, [...prefix, process.execPath, ...args], {
      cwd: project.directory,
      env: {
        PATH: process.env.PATH,
        NODE_EXTRA_CA_CERTS: authority,
        SOCKS_SERVER: sockd.url.replace("socks5", scheme),
      },
      timeout: 280_000,
    });
    return {
      results: Object.entries(JSON.parse(stdout) as Record<string, Result>),
      packets: await namespace.packets(),
      connections: targets.connections() - before.target,
      throughProxy: relayed(sockd) - before.proxy,
    };
  }

  for (const { scheme, by } of [
    { scheme: "socks5", by: "name" },
    { scheme: "socks5", by: "address" },
    { scheme: "socks4a", by: "name" },
    { scheme: "socks4", by: "address" },
  ] as const) {
    test(`${scheme}, by ${by}: every API gets its answer, and not one packet goes elsewhere`, async () => {
      const host = by === "name" ? name : namespace.outside;
      const { results, packets, connections, throughProxy } = await everyApi("dist", host, scheme);
      for (const [api, result] of results) assert.deepEqual(result, { answer: hello }, api);
      assert.ok(results.length >= 16);
      assert.equal(packets.elsewhere, 0);
      assert.ok(packets.proxy > 0);
      assert.equal(connections, throughProxy);
    });
  }

  for (const by of ["name", "address"] as const)
    test(`without a build, by ${by}: what tsocksify/register rewrites as it is loaded leaks nothing either`, async () => {
      const host = by === "name" ? name : namespace.outside;
      const { results, packets, connections, throughProxy } = await everyApi("plain", host, "socks5", hook);
      for (const [api, result] of results) assert.deepEqual(result, { answer: hello }, api);
      assert.ok(results.length >= 16);
      assert.equal(packets.elsewhere, 0);
      assert.ok(packets.proxy > 0);
      assert.equal(connections, throughProxy);
    });

  for (const [rewritten, packages] of [
    ["that tsocksify/register rewrites as it is loaded leaks nothing", ["node-fetch"]],
    ["that is left alone does leak, and is counted", []],
  ] as const)
    test(`a published package ${rewritten}`, async () => {
      const isRewritten = packages.length > 0;
      await project.write("tsocksify.config.json", JSON.stringify({ packages }));
      const args = [...hook, "fetching.mjs", `http://${name}:${targets.ports.http}/`];
      const { results, packets, connections, throughProxy } = await inside(args, "socks5");
      assert.equal(results[0]![1].answer, isRewritten ? hello : undefined, JSON.stringify(results));
      assert.equal(packets.elsewhere === 0, isRewritten);
      assert.equal(packets.proxy > 0, isRewritten);
      assert.deepEqual({ connections, throughProxy }, isRewritten ? once : never);
    });

  describe("over IPv6", () => {
    let ours: { targets: Targets; sockd: Sockd };
    before(async () => {
      ours = { targets, sockd };
      targets = await startTargets("::1");
      sockd = createSockd({ allow: ["::1"] });
      await sockd.listen(0, namespace.outside);
    });
    after(async () => {
      await sockd.close({ grace: 0 });
      targets.stop();
      ({ targets, sockd } = ours);
    });

    test("every API gets its answer, and not one packet goes elsewhere", async () => {
      const { results, packets, connections, throughProxy } = await everyApi("dist", "::1", "socks5");
      for (const [api, result] of results) assert.deepEqual(result, { answer: hello }, api);
      assert.ok(results.length >= 16);
      assert.equal(packets.elsewhere, 0);
      assert.equal(connections, throughProxy);
    });

    test("SOCKS 4 has no such addresses: an error for every API, and not one packet at all", async () => {
      const { results, packets, connections } = await everyApi("dist", "::1", "socks4");
      for (const [api, { answer }] of results) assert.equal(answer, undefined, api);
      assert.deepEqual(packets, { proxy: 0, elsewhere: 0 });
      assert.equal(connections, 0);
    });

    test("control: without the plugin packets do go elsewhere, and are counted", async () => {
      const { results, packets, connections } = await everyApi("plain", "::1", "socks5");
      for (const [api, { answer }] of results) assert.equal(answer, undefined, api);
      assert.ok(packets.elsewhere > 0);
      assert.equal(packets.proxy, 0);
      assert.equal(connections, 0);
    });
  });

  test("the target is down: still not one packet goes elsewhere", async () => {
    const ports = targets.ports;
    try {
      targets.ports = Object.fromEntries(Object.keys(ports).map((key) => [key, 1])) as Targets["ports"];
      const { results, packets } = await everyApi("dist", name, "socks5");
      for (const [api, { answer }] of results) assert.equal(answer, undefined, api);
      assert.equal(packets.elsewhere, 0);
      assert.ok(packets.proxy > 0);
    } finally {
      targets.ports = ports;
    }
  });

  for (const by of ["name", "address"] as const) {
    test(`control, by ${by}: without the plugin packets do go elsewhere, and are counted`, async () => {
      const host = by === "name" ? name : namespace.outside;
      const { results, packets, connections } = await everyApi("plain", host, "socks5");
      for (const [api, { answer }] of results) assert.equal(answer, undefined, api);
      assert.ok(packets.elsewhere > 0);
      assert.equal(packets.proxy, 0);
      assert.equal(connections, 0);
    });
  }
});
