import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, before, beforeEach, describe, test } from "node:test";
import { stripVTControlCharacters } from "node:util";
import { repository } from "../support/user-folder.js";
import { seeded } from "./seeded.js";
import { Workplace } from "./workplace.js";

const runner = require.resolve("jscodeshift/bin/jscodeshift.js");
/** As the README tells it, from the user's own folder. */
const [, transform] = /jscodeshift --no-babel -t (\S+) /.exec(
  readFileSync(join(repository, "README.md"), "utf8"),
)!;

const files = {
  ...seeded,
  "src/bom.ts": `\uFEFF${seeded["src/client.ts"]}`,
  "src/view.tsx": `import { connect } from "node:net";

export const view = <p onClick={() => connect(7)}>echo</p>;
`,
  // Nothing in it matters but the module that the configuration names.
  "tools/raw.js": 'const { select } = require("./sockets.js");\nselect([], [], []);\n',
  "tsocksify.config.json": '{ "modules": ["./tools/sockets.js"] }\n',
  // The runner starts one worker for each processor but one.
  "processors.cjs":
    'const os = require("node:os");\nconst [one] = os.cpus();\nos.cpus = () => [one, one, one, one];\n',
};

describe("jscodeshift's runner", () => {
  let written: Record<string, string>;
  before(() => {
    const ours = new Workplace(files, "typescript");
    assert.equal(ours.tsocksify(["codemod", "--write"]).code, 0);
    const { ".tsocksify/codemod.json": record, ...contents } = ours.contents();
    assert.ok(record);
    written = contents;
    ours.remove();
  });

  let workplace: Workplace;
  beforeEach(() => {
    workplace = new Workplace(files, "typescript");
    workplace.linkPackage("tsocksify", repository);
  });
  afterEach(() => workplace.remove());

  const run = (...args: readonly string[]): { status: number | null; output: string } => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [runner, "--no-babel", "-t", transform!, "--extensions=js,ts,tsx", ...args],
      {
        cwd: workplace.directory,
        encoding: "utf8",
        env: { ...process.env, NODE_OPTIONS: "--require ./processors.cjs" },
      },
    );
    // It colours its figures where it takes the environment for a CI server's.
    return { status, output: stripVTControlCharacters(stdout + stderr) };
  };

  test("writes the same bytes as tsocksify codemod, with workers side by side", () => {
    const { status, output } = run("src", "tools");
    assert.equal(status, 0, output);
    assert.match(output, /^Spawning 3 workers\.\.\.$/m);
    assert.match(output, /^0 errors$/m);
    assert.match(output, /^5 ok$/m);
    assert.deepEqual(workplace.contents(), written);
  });

  for (const parser of ["babel", "ts", "tsx"])
    test(`--dry --print with --parser=${parser} shows the same text and writes nothing`, () => {
      const before = workplace.contents();
      const { output } = run("--dry", "--print", `--parser=${parser}`, "src/client.ts", "src/view.tsx");
      for (const path of ["src/client.ts", "src/view.tsx"])
        assert.ok(output.includes(written[path]!), output);
      assert.match(output, /^2 ok$/m);
      assert.deepEqual(workplace.contents(), before);
    });

  test("a file that can't be parsed is an error, and stays as it is", () => {
    const broken = "import net from 'net';\nnet.connect(;\n";
    workplace.write("src/broken.ts", broken);
    const { status, output } = run("--fail-on-error", "src");
    assert.equal(status, 1);
    assert.match(output, /src\/broken\.ts Transformation error \(src\/broken\.ts:2:13: /);
    assert.match(output, /^1 errors$/m);
    assert.equal(workplace.read("src/broken.ts"), broken);
    assert.equal(workplace.read("src/client.ts"), written["src/client.ts"]);
  });
});
