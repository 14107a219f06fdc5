import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { packages, packAll, type Packed } from "./packed";

const run = promisify(execFile);
const bin = (name: string) => require.resolve(`../../node_modules/.bin/${name}`);

let packed: Packed;
before(async () => (packed = await packAll()));
after(() => packed.remove());

for (const { name } of packages) {
  test(`publint finds nothing in ${name}`, async () => {
    const { stdout } = await run(bin("publint"), ["run", packed.tarball[name], "--strict"]);
    assert.match(stdout, /All good!/);
  });

  // Without exports' sub-paths, as Node 10 resolves, no package of today works; we need Node 20.
  test(`arethetypeswrong finds nothing in ${name}`, async () => {
    const args = [packed.tarball[name], "--profile", "node16", "--format", "json"];
    const { stdout } = await run(bin("attw"), args, { maxBuffer: 1 << 24 }).catch(
      (error: { stdout: string }) => error,
    );
    const { analysis } = JSON.parse(stdout) as {
      analysis: { problems: { kind: string; resolutionKind?: string }[]; entrypoints: object };
    };
    assert.deepEqual(
      analysis.problems.filter(({ resolutionKind }) => resolutionKind !== "node10"),
      [],
    );
    assert.ok(Object.keys(analysis.entrypoints).length > 1);
  });
}

/** Besides dist/. */
const others: Record<(typeof packages)[number]["name"], readonly string[]> = {
  tsocksify: [
    "LICENSE",
    "README.md",
    "bin/rftp.js",
    "bin/rtelnet.js",
    "bin/sockd.js",
    "bin/tsocksify.js",
    "package.json",
    "src/cli/route.schema.json",
    "src/doctor/doctor.schema.json",
    "src/findings/README.md",
    "src/options/config.schema.json",
    "src/reporters/report.schema.json",
  ],
  "@tsocksify/runtime": ["LICENSE", "README.md", "package.json"],
};

for (const { name } of packages)
  test(`${name} has what it needs in it, and nothing else`, async () => {
    const { stdout } = await run("tar", ["--list", "--file", packed.tarball[name]]);
    const files = stdout
      .trim()
      .split("\n")
      .map((path) => path.replace(/^package\//, ""));
    assert.deepEqual(files.filter((path) => !path.startsWith("dist/")).sort(), others[name]);
    assert.deepEqual(
      files.filter((path) => path.startsWith("dist/") && !/\.(?:js|js\.map|d\.ts)$/.test(path)),
      [],
    );
  });
