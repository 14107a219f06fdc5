import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { repository } from "../support/user-folder.js";
import { Workplace } from "./workplace.js";

const { version } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8")) as { version: string };

/** Writes the names of all loaded modules to standard error when the process ends. */
const told = `process.on("exit", () => process.stderr.write(Object.keys(require.cache).join("\\n")));`;

describe("tsocksify, before any command", () => {
  let workplace: Workplace;
  before(() => (workplace = new Workplace({ "told.cjs": told }, "typescript")));
  after(() => workplace.remove());

  for (const args of [["--version"], ["--help"], []])
    test(`tsocksify ${args.join(" ")} loads neither a compiler nor the engine`, () => {
      const env = { NODE_OPTIONS: `--require ${JSON.stringify(workplace.at("told.cjs"))}` };
      const loaded = workplace
        .tsocksify(args, { env })
        .stderr.split("\n")
        .filter((name) => name.startsWith("/") || /^[A-Z]:/.test(name))
        .map((name) => name.replaceAll("\\", "/"));
      assert.ok(loaded.some((name) => name.endsWith("/dist/cli/main.js")));
      assert.deepEqual(
        loaded.filter((name) => /\/(?:typescript|ts-morph|jiti|engine|tables|resolvers)\//.test(name)),
        [],
      );
    });

  test("--help names every command, and help of each one tells more", () => {
    const { stdout } = workplace.tsocksify(["--help"]);
    const names = [...stdout.matchAll(/^ {2}(\w+) +\S/gm)].map(([, name]) => name!);
    const commands = names.filter((name) => !["help", "tsocksify"].includes(name));
    assert.ok(commands.includes("lint"));
    for (const name of commands) {
      const help = workplace.tsocksify(["help", name]);
      assert.equal(help.code, 0);
      assert.match(help.stdout, new RegExp(`^Usage: tsocksify ${name} `));
      assert.match(
        help.stdout,
        /^ {2}-.+\n\n *\S/m,
        `help ${name} has examples or explanations below its options`,
      );
    }
  });

  for (const [typescript, expected] of [
    ["typescript", "5.9"],
    ["typescript-7.1", "7.1"],
  ] as const)
    test(`build --version prints tsc's line with ${expected}, and our own version`, () => {
      const own = new Workplace({}, typescript);
      for (const flag of ["--version", "-v"]) {
        const { stdout, code } = own.tsocksify(["build", flag]);
        assert.match(stdout, new RegExp(`^Version ${expected}\\S* \\(tsocksify ${version}\\)\\n$`));
        assert.equal(code, 0);
      }
      own.remove();
    });

  test("build --version without a compiler says what is missing", () => {
    const own = new Workplace({});
    const { stderr, code } = own.tsocksify(["build", "--version"]);
    assert.match(stderr, /there is none: npm install -D typescript\n$/);
    assert.equal(code, 2);
    own.remove();
  });
});
