import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { Consumer, manifest, modulePaths, packAll, type Packed } from "./packed";

describe("the packed packages, installed into an empty project", () => {
  let packed: Packed;
  let production: Consumer;
  let development: Consumer;

  before(async () => {
    packed = await packAll();
    production = await Consumer.create([packed.tarball["@tsocksify/runtime"]], {});
    development = await Consumer.create(Object.values(packed.tarball), {});
  });
  after(async () => {
    await production?.remove();
    await development?.remove();
    await packed?.remove();
  });

  test("the runtime brings in nothing but itself", async () => {
    assert.deepEqual(await production.installed(), ["@tsocksify/runtime"]);
  });

  test("import and require reach the same single instance, from ESM", async () => {
    await production.write({
      "same.mjs": `
import assert from "node:assert/strict";
import { createRequire } from "node:module";
const require = createRequire(import.meta.url);
for (const path of ${JSON.stringify(modulePaths("@tsocksify/runtime"))}) {
  const imported = await import("@tsocksify/runtime" + path);
  const required = require("@tsocksify/runtime" + path);
  const names = Object.keys(required);
  assert.ok(names.length > 0, path);
  for (const name of names) assert.equal(imported[name], required[name], path + " " + name);
}
import { Rconnect, SOCKSinit, Rnet } from "@tsocksify/runtime";
import net, { Socket } from "@tsocksify/runtime/net";
assert.equal(net, Rnet);
assert.equal(Socket, Rnet.Socket);
SOCKSinit("test", { proxy: "socks5://127.0.0.1:9" });
console.log(typeof Rconnect);
`,
    });
    assert.equal((await production.node("same.mjs")).trim(), "function");
  });

  test("import and require reach the same single instance, from CommonJS", async () => {
    await production.write({
      "same.cjs": `
const assert = require("node:assert/strict");
const required = require("@tsocksify/runtime");
import("@tsocksify/runtime").then((imported) => {
  for (const name of Object.keys(required)) assert.equal(imported[name], required[name], name);
  assert.equal(require("@tsocksify/runtime/net"), required.Rnet);
  console.log(typeof required.Rconnect);
});
`,
    });
    assert.equal((await production.node("same.cjs")).trim(), "function");
  });

  test("the development package loads by import and by require", async () => {
    await development.link("typescript");
    await development.write({
      "load.mjs": `
import { createRequire } from "node:module";
const require = createRequire(import.meta.url);
const kinds = [];
for (const path of ${JSON.stringify(modulePaths("tsocksify"))}) {
  const [imported, required] = [await import("tsocksify" + path), require("tsocksify" + path)];
  for (const name of Object.keys(required)) if (name !== "default" && imported[name] !== required[name]) throw new Error(path + " " + name);
  // Which is loaded for what it does.
  if (path !== "/register") kinds.push(typeof required === "function" || Object.keys(required).length > 0);
}
console.log(kinds.every(Boolean));
`,
    });
    assert.equal((await development.node("load.mjs")).trim(), "true");
  });

  for (const command of Object.keys(manifest("tsocksify").bin ?? {}))
    test(`its command ${command} starts`, async () => {
      const help = await development.node(`node_modules/.bin/${command}`, "--help");
      assert.match(help, new RegExp(`^Usage: ${command} `));
    });

  test("the installed client reaches a service through the installed server", async () => {
    await development.write({
      "telnet.cjs": `
const { createServer } = require("node:net");
const { createSockd } = require("tsocksify/sockd");
const { spawn } = require("node:child_process");
(async () => {
  const greeter = createServer((socket) => socket.end("hello\\r\\n")).listen(0, "127.0.0.1");
  const sockd = await createSockd({ hosts: { "greeter.internal": "127.0.0.1" } }).listen();
  const args = ["node_modules/.bin/rtelnet", "greeter.internal", greeter.address().port];
  const env = { ...process.env, SOCKS_SERVER: sockd.url };
  spawn(process.execPath, args, { env, stdio: ["ignore", "inherit", "inherit"] }).on("exit", async (code) => {
    greeter.close();
    await sockd.close();
    console.log(code, Object.values(sockd.counters.connects).join());
  });
})();
`,
    });
    assert.equal(await development.node("telnet.cjs"), "hello\r\n0 1\n");
  });

  test("the installed plugin compiles a program, whose call then goes through the installed server", async () => {
    await development.link("typescript", "ts-patch");
    await development.write({
      "src/app.ts": `
import * as net from "node:net";
const socket = net.connect(Number(process.argv[2]), "greeter.internal");
socket.on("data", (data) => console.log(String(data)));
`,
      "run.cjs": `
const { createServer } = require("node:net");
const { createSockd } = require("tsocksify/sockd");
const { spawn } = require("node:child_process");
(async () => {
  const greeter = createServer((socket) => socket.end("hello")).listen(0, "127.0.0.1");
  const sockd = await createSockd({ hosts: { "greeter.internal": "127.0.0.1" } }).listen();
  const env = { ...process.env, SOCKS_SERVER: sockd.url };
  const child = spawn(process.execPath, ["dist/app.js", greeter.address().port], { env, stdio: "inherit" });
  child.on("exit", async () => {
    greeter.close();
    await sockd.close();
    console.log(Object.values(sockd.counters.connects).join());
  });
})();
`,
      "tsconfig.json": JSON.stringify({
        compilerOptions: {
          module: "nodenext",
          target: "es2022",
          strict: true,
          rootDir: "src",
          outDir: "dist",
          types: ["node"],
          plugins: [{ transform: "tsocksify/transformer" }],
        },
        include: ["src"],
      }),
    });
    await development.node("node_modules/ts-patch/bin/tspc.js", "-p", ".");
    assert.equal(await development.node("run.cjs"), "hello\n1\n");
  });
});
