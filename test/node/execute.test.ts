import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { runTests } from "./execute";

const folder = mkdtempSync(join(tmpdir(), "tsocksify-execute-"));
mkdirSync(join(folder, "parallel"));
after(() => rmSync(folder, { recursive: true }));

function run(files: Record<string, string>, limit?: number) {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, "parallel", name), text);
  const environment = { MARK: "set" };
  return runTests({ folder, node: process.execPath, environment, limit }, Object.keys(files));
}

test("files run with their flags and the environment, and end in order", async () => {
  const outcomes = await run({
    "test-flags.js": "// Flags: --expose-gc\ngc(); if (process.env.MARK !== 'set') process.exit(1);",
    "test-throws.js": "throw new Error('mine');",
  });
  assert.deepEqual(
    outcomes.map(({ name, passed, flaky }) => [name, passed, flaky]),
    [
      ["test-flags.js", true, false],
      ["test-throws.js", false, false],
    ],
  );
  assert.match(outcomes[1]!.output, /Error: mine/);
});

test("what fails the first time and passes alone is flaky", async () => {
  const mark = JSON.stringify(join(folder, "mark"));
  const [outcome] = await run({
    "test-second-time.js": `const fs = require("fs"); if (!fs.existsSync(${mark})) { fs.writeFileSync(${mark}, ""); process.exit(1); }`,
  });
  assert.deepEqual([outcome!.passed, outcome!.flaky], [true, true]);
});

test("a test that hangs is ended with the processes that it has started", async () => {
  const hang = "setInterval(() => {}, 1000)";
  const [outcome] = await run(
    {
      "test-hangs.js": `require("child_process").spawn(process.execPath, ["-e", "${hang}"], { stdio: "inherit" }); ${hang};`,
    },
    1000,
  );
  // The child holds the pipes open: only its end lets this one end.
  assert.equal(outcome!.passed, false);
  assert.match(outcome!.output, /ended by SIGKILL/);
});
