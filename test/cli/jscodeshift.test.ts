import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { test } from "node:test";
import { stripVTControlCharacters } from "node:util";
import { seeded } from "./seeded.js";
import { Workplace } from "./workplace.js";

const runner = require.resolve("jscodeshift/bin/jscodeshift.js");
const transform = resolve(__dirname, "../../dist/hosts/jscodeshift/index.js");

test("jscodeshift's runner writes the same bytes as tsocksify codemod", () => {
  const files = {
    ...seeded,
    "src/bom.ts": `\uFEFF${seeded["src/client.ts"]}`,
    // Nothing in it matters but the module that the configuration names.
    "tools/raw.js": 'const { select } = require("./sockets.js");\nselect([], [], []);\n',
    "tsocksify.config.json": '{ "modules": ["./tools/sockets.js"] }\n',
  };
  const ours = new Workplace(files, "typescript");
  const theirs = new Workplace(files, "typescript");
  try {
    assert.equal(ours.tsocksify(["codemod", "--write"]).code, 0);
    const args = ["--no-babel", "-t", transform, "--extensions=js,ts", "--cpus=1", "src", "tools"];
    const { status, stdout } = spawnSync(process.execPath, [runner, ...args], {
      cwd: theirs.directory,
      encoding: "utf8",
    });
    // It colours its figures where it takes the environment for a CI server's.
    const plain = stripVTControlCharacters(stdout);
    assert.equal(status, 0, plain);
    assert.match(plain, /^0 errors$/m);
    assert.match(plain, /^4 ok$/m);
    const { ".tsocksify/codemod.json": record, ...written } = ours.contents();
    assert.ok(record);
    assert.deepEqual(theirs.contents(), written);
  } finally {
    ours.remove();
    theirs.remove();
  }
});
