import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync } from "node:fs";
import { afterEach, beforeEach, describe, test } from "node:test";
import { replaceAll, type Replacement } from "../../src/hosts/codemod/transaction.js";
import { ended, Workplace } from "./workplace.js";

const isRoot = process.getuid?.() === 0;

describe("all files are written, or none", () => {
  let workplace: Workplace;
  beforeEach(() => {
    workplace = new Workplace({ "a/1.ts": "one", "b/2.ts": "two", "c/3.ts": "three" });
  });
  afterEach(() => workplace.remove());

  const replacement = (path: string, before: string, after: string): Replacement => ({
    path: workplace.at(path),
    before: Buffer.from(before),
    after: Buffer.from(after),
  });
  const all = (): Replacement[] => [
    replacement("a/1.ts", "one", "ONE"),
    replacement("b/2.ts", "two", "TWO"),
    replacement("c/3.ts", "three", "THREE"),
  ];

  test("and nothing else is left behind", async () => {
    await replaceAll(all());
    assert.deepEqual(workplace.contents(), { "a/1.ts": "ONE", "b/2.ts": "TWO", "c/3.ts": "THREE" });
  });

  test("where one has changed since it was read", async () => {
    workplace.write("c/3.ts", "something else");
    const before = workplace.contents();
    await assert.rejects(replaceAll(all()), /3\.ts was changed while it was being looked at/);
    assert.deepEqual(workplace.contents(), before);
  });

  test("where a rename fails half-way", async () => {
    // A folder that appears where the file should go: only the rename finds out.
    const replacements = [...all(), { path: workplace.at("d"), before: undefined, after: Buffer.from("d") }];
    let asked = 0;
    const before = workplace.contents();
    await assert.rejects(
      replaceAll(replacements, () => {
        if (++asked === replacements.length) mkdirSync(workplace.at("d/e"), { recursive: true });
        return false;
      }),
      { code: "EISDIR" },
    );
    assert.deepEqual(workplace.contents(), before);
    assert.deepEqual(readdirSync(workplace.at("a")), ["1.ts"]);
  });

  test("where it is stopped", async () => {
    const before = workplace.contents();
    let asked = 0;
    await assert.rejects(
      replaceAll(all(), () => ++asked === 2),
      { name: "Interrupted" },
    );
    assert.deepEqual(workplace.contents(), before);
  });

  test("where a folder can't be written to", { skip: process.platform === "win32" }, () => {
    const source = 'require("net").connect(1)\n';
    for (const path of ["a/1.ts", "b/2.ts", "c/3.ts"]) workplace.write(path, source);
    const before = workplace.contents();
    for (const folder of [".", "a", "c"]) chmodSync(workplace.at(folder), 0o777);
    chmodSync(workplace.at("b"), 0o555);
    for (const path of ["a/1.ts", "b/2.ts", "c/3.ts"]) chmodSync(workplace.at(path), 0o666);
    const { code, stderr } = workplace.tsocksify(["codemod", "--write"], isRoot ? { uid: 65534 } : {});
    chmodSync(workplace.at("b"), 0o755);
    assert.equal(code, 2);
    assert.match(stderr, /^tsocksify: b\/2\.ts: permission denied \(EACCES, open\)\n$/);
    assert.deepEqual(workplace.contents(), before);
  });

  test("where the disk is full", { skip: !isRoot || process.platform !== "linux" }, (t) => {
    workplace.write("small/a.js", 'require("net").connect(1)\n');
    const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", workplace.at("small")]);
    if (mounted.status !== 0) return t.skip("no file system can be mounted here");
    try {
      const source = `require("net").connect(1) // ${"x".repeat(12_000)}\n`;
      for (const name of ["a", "b", "c"]) workplace.write(`small/${name}.js`, source);
      const before = workplace.contents();
      const { code, stderr } = workplace.tsocksify(["codemod", "--write", "small"]);
      assert.equal(code, 2);
      assert.match(stderr, /^tsocksify: small\/\w\.js: no space left on device \(ENOSPC, \w+\)\n$/);
      assert.deepEqual(workplace.contents(), before);
    } finally {
      spawnSync("umount", [workplace.at("small")]);
    }
  });

  for (const [what, signal] of [
    ["somebody presses Ctrl-C in the middle", "SIGINT"],
    ["a terminal is closed in the middle", "SIGHUP"],
  ] as const)
    test(`where ${what}`, { skip: process.platform === "win32" }, async () => {
      const source = 'const net = require("net");\nnet.connect(1);\n';
      for (let index = 0; index < 1500; index++) workplace.write(`many/${index}.js`, source);
      const before = workplace.contents();
      const child = workplace.start(["codemod", "--write", "many"]);
      const watch = setInterval(() => {
        if (readdirSync(workplace.at("many")).some((name) => name.endsWith(".tmp"))) child.kill(signal);
      }, 5);
      const { code, stderr } = await ended(child);
      clearInterval(watch);
      assert.equal(stderr, "tsocksify: interrupted: no file was changed\n");
      assert.equal(code, 130);
      assert.deepEqual(workplace.contents(), before);
    });

  test("or it is killed half-way, and then the next run writes the rest, or takes all back, and sweeps up", () => {
    const source = 'const net = require("net");\nnet.connect(1);\n';
    const files = ["a/1.js", "a/2.js", "b/3.js", "c/4.js"];
    for (const path of files) workplace.write(path, source);
    const hook = `
      const fs = require("node:fs");
      const { renameSync } = fs;
      let count = 0;
      fs.renameSync = (...args) => (++count === 4 ? process.kill(process.pid, "SIGKILL") : renameSync(...args));`;
    workplace.write("node_modules/hook.cjs", hook);
    const before = workplace.contents();
    const killed = () =>
      workplace.tsocksify(["codemod", "--write"], {
        env: { NODE_OPTIONS: `--require ${JSON.stringify(workplace.at("node_modules/hook.cjs"))}` },
      });
    const rewritten = () => files.filter((path) => workplace.read(path).includes("Rconnect")).length;

    assert.equal(killed().code, null);
    assert.equal(rewritten(), 2);
    assert.ok(Object.keys(workplace.contents()).some((path) => path.endsWith(".bak")));
    assert.equal(workplace.tsocksify(["codemod", "--write"]).code, 0);
    assert.equal(rewritten(), 4);
    assert.deepEqual(
      Object.keys(workplace.contents()),
      [".tsocksify/codemod.json", ...Object.keys(before)].sort(),
    );
    assert.equal(workplace.tsocksify(["codemod", "--reverse", "--write"]).code, 0);
    assert.deepEqual(workplace.contents(), before);

    assert.equal(killed().code, null);
    assert.equal(workplace.tsocksify(["codemod", "--reverse", "--write"]).code, 0);
    assert.deepEqual(workplace.contents(), before);
  });
});
