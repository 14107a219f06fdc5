import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { npmPackage } from "../support/npm-package.js";
import { orSkip } from "../support/or-skip.js";
import { Workspace } from "./workspace.js";

interface Tool {
  readonly name: string;
  /** Its path from here. */
  readonly recipe: string;
  /** Fixed, so that nobody else's release makes our tests fail. */
  readonly version: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** How many of the two packages were answered from the cache, by what the tool printed. */
  cached(output: string): number;
}

const tools: readonly Tool[] = [
  {
    name: "turbo",
    recipe: "turborepo/turbo.json",
    version: "2.11.11",
    args: ["run", "socks"],
    env: { TURBO_TELEMETRY_DISABLED: "1" },
    cached: (output) => Number(/Cached: +(\d+) cached, 2 total/.exec(output)?.[1]),
  },
  {
    name: "nx",
    recipe: "nx/nx.json",
    version: "22.7.12",
    args: ["run-many", "-t", "socks"],
    env: { NX_DAEMON: "false", NX_NO_CLOUD: "true", NX_TUI: "false" },
    // Where there was nothing, it says nothing of it.
    cached: (output) => Number(/for (\d) out of 2 tasks/.exec(output)?.[1] ?? 0),
  },
];

/** The program of a package, as its package.json names it. */
function programOf(folder: string, name: string): string {
  const { bin } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    readonly bin: Readonly<Record<string, string>>;
  };
  return join(folder, bin[name]!);
}

for (const { name, recipe, version, args, env, cached } of tools) {
  const installed = orSkip(() => npmPackage(name, version));
  describe(`lint under ${name}`, { concurrency: false, ...installed }, () => {
    let workspace: Workspace;
    before(() => {
      assert.ok(installed.skip === false);
      workspace = new Workspace(recipe);
      workspace.linkPackage(name, installed.value);
    });
    after(() => workspace.remove());

    /** How many of the two packages the cache had the answer for. */
    const run = (): number => {
      const program = programOf(workspace.at(`node_modules/${name}`), name);
      const { code, stdout, stderr } = workspace.run(process.execPath, [program, ...args], {
        env: { ...env, CI: undefined, NO_COLOR: "1" },
      });
      assert.equal(code, 0, `${stdout}${stderr}`);
      return cached(stdout);
    };

    test("runs once, and is remembered with its report", () => {
      assert.equal(run(), 0);
      const sarif = workspace.read("packages/client/socks.sarif");
      assert.match(sarif, /"rewritten": 1/);
      workspace.write("packages/client/socks.sarif", "");
      assert.equal(run(), 2);
      assert.equal(workspace.read("packages/client/socks.sarif"), sarif);
    });

    test("runs again where a source has changed, and where what it imports has", () => {
      workspace.write("packages/client/src/more.ts", "export {};\n");
      assert.equal(run(), 1);
      workspace.write("packages/protocol/src/more.ts", "export {};\n");
      assert.equal(run(), 0);
    });

    test("runs again where the configuration has changed", () => {
      assert.equal(run(), 2);
      workspace.write("tsocksify.config.json", '{ "maxWarnings": 1 }\n');
      assert.equal(run(), 0);
    });

    test("what lint depends on outside of a package is named in the recipe, or belongs to what it imports", () => {
      const { stdout } = workspace.tsocksify(["lint", "--list-inputs"], { cwd: "packages/client" });
      const outside = stdout
        .trim()
        .split("\n")
        // Packages are told by the lock file, and what .git has in it is nobody else's.
        .filter((path) => /^\.\.\/(?!.*(?:node_modules|\.git)\/)/.test(path));
      const [atRoot, others] = [true, false].map((isRoot) =>
        outside.filter((path) => path.startsWith("../../") === isRoot),
      );
      assert.deepEqual(atRoot, [
        "../../.gitignore",
        "../../tsconfig.base.json",
        "../../tsocksify.config.json",
      ]);
      for (const path of atRoot)
        assert.match(workspace.read(basename(recipe)), new RegExp(`/${path.slice(6)}"`));
      assert.deepEqual(others, ["../protocol/package.json", "../protocol/src/frame.ts"]);
    });
  });
}
