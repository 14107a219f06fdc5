import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { test } from "node:test";

const load = createRequire(__filename);
const replaced: { [module: string]: string[] } = {
  net: ["connect", "createConnection", "Socket", "Stream"],
  tls: ["TLSSocket", "connect"],
  http: ["Agent", "ClientRequest", "get", "request"],
  https: ["Agent", "get", "request"],
  http2: ["connect"],
  dns: [
    "lookup",
    "lookupService",
    "Resolver",
    "promises",
    "resolve",
    "resolve4",
    "reverse",
    "setServers",
    "getServers",
  ],
  "dns/promises": [
    "lookup",
    "lookupService",
    "Resolver",
    "resolve",
    "resolve4",
    "reverse",
    "setServers",
    "getServers",
  ],
};

/** Where Node's module computes a value at each access, comparing it would only compare two results. */
const kept = (module: string, name: string) =>
  !(module === "http" && /^(WebSocket|CloseEvent|MessageEvent)$/.test(name));

for (const [module, names] of Object.entries(replaced)) {
  test(`@tsocksify/runtime/${module} has the shape of ${module}`, () => {
    const native = load(`node:${module}`) as Record<string, unknown>;
    const ours = load(`@tsocksify/runtime/${module}`) as Record<string, unknown>;
    assert.deepEqual(Object.keys(ours), Object.keys(native));
    assert.deepEqual(Object.getOwnPropertyNames(ours).sort(), Object.getOwnPropertyNames(native).sort());
    for (const name of Object.getOwnPropertyNames(native).filter((name) => kept(module, name))) {
      assert.equal(typeof ours[name], typeof native[name], name);
      if (names.includes(name)) assert.notEqual(ours[name], native[name], name);
      else if (!/^(resolve|globalAgent)/.test(name)) assert.equal(ours[name], native[name], name);
      if (typeof native[name] !== "function") continue;
      const [own, other] = [ours[name], native[name]] as { name: string; length: number }[];
      assert.equal(own!.length, other!.length, name);
      // Node names its resolve functions after what they are bound to, too.
      if (!module.startsWith("dns")) assert.equal(own!.name, other!.name, name);
    }
  });

  test(`every name of ${module} can be imported from @tsocksify/runtime/${module}`, () => {
    const program = `
      import * as ours from "@tsocksify/runtime/${module}";
      import standard from "@tsocksify/runtime/${module}";
      import * as native from "node:${module}";
      const missing = Object.keys(native).filter((name) => !(name in ours));
      console.log(JSON.stringify({ missing, same: ours.default === standard }));`;
    const flags = ["--no-warnings", "--input-type=module", "-e", program];
    const output = execFileSync(process.execPath, flags, {
      encoding: "utf8",
      cwd: __dirname,
      env: { ...process.env, NODE_OPTIONS: "" },
    });
    assert.deepEqual(JSON.parse(output), { missing: [], same: true });
  });
}

test("import and require reach one instance", () => {
  const program = `
    import { createRequire } from "node:module";
    import { Rtls, Rhttp } from "@tsocksify/runtime";
    import tls, { connect } from "@tsocksify/runtime/tls";
    import { request } from "@tsocksify/runtime/http";
    const require = createRequire(import.meta.url);
    console.log(
      tls === Rtls && connect === Rtls.connect && request === Rhttp.request &&
      require("@tsocksify/runtime/tls") === Rtls && require("@tsocksify/runtime").Rtls === Rtls);`;
  const flags = ["--input-type=module", "-e", program];
  const output = execFileSync(process.execPath, flags, {
    encoding: "utf8",
    cwd: __dirname,
    env: { ...process.env, NODE_OPTIONS: "" },
  });
  assert.equal(output, "true\n");
});
