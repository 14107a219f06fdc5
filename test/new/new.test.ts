import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { Refused } from "./refused.js";
import { scaffold } from "./scaffold.js";
import { repository, UserFolder } from "../support/user-folder.js";

/** What an addition needs of the repository: its sources, its fixtures, and the tests that look at them. */
const needed = ["package.json", "tsconfig.json", "README.md", "src", "fixtures", "test"];

describe("npm run new", { concurrency: false }, () => {
  let copy: UserFolder;
  before(() => {
    copy = new UserFolder("new");
    for (const path of needed) cpSync(join(repository, path), copy.at(path), { recursive: true });
    copy.link("node_modules", join(repository, "node_modules"));
  });
  after(() => copy.remove());

  const node = (args: readonly string[], env: NodeJS.ProcessEnv = {}) => {
    const { NODE_TEST_CONTEXT, ...rest } = process.env;
    void NODE_TEST_CONTEXT;
    return spawnSync(process.execPath, args, {
      cwd: copy.directory,
      encoding: "utf8",
      env: { ...rest, ...env },
    });
  };
  const add = (...args: string[]) => node(["--import", "tsx", "test/new/main.ts", ...args]);
  const passes = (path: string, pattern = ".", env: NodeJS.ProcessEnv = {}): void => {
    const args = ["--import", "tsx", "--test", "--test-reporter=tap", `--test-name-pattern=${pattern}`, path];
    const { status, stdout } = node(args, env);
    assert.equal(status, 0, stdout);
    assert.match(stdout, /^# pass [1-9]/m);
  };
  /** Until what was begun is done. */
  const fails = (path: string, says: RegExp, env: NodeJS.ProcessEnv = {}): void => {
    const { status, stdout } = node(["--import", "tsx", "--test", "--test-reporter=tap", path], env);
    assert.equal(status, 1, stdout);
    assert.match(stdout, says);
  };
  const names = (): string[] =>
    ["src", "fixtures"].flatMap((folder) =>
      readdirSync(copy.at(folder), { withFileTypes: true, recursive: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name)),
    );
  const contents = (): Record<string, string> =>
    Object.fromEntries(names().map((path) => [path, readFileSync(path, "utf8")]));

  test("a table of a package is listed in order, and keeps to the rules of tables", () => {
    const { status, stdout } = add("table", "@scope/quick-sockets");
    assert.equal(status, 0);
    assert.match(
      stdout,
      /^created {2}src\/tables\/packages\/scope_quick-sockets\.ts\nchanged {2}src\/tables\/packages\/index\.ts\n\nNext:\n1\. /,
    );
    const index = copy.read("src/tables/packages/index.ts");
    assert.match(
      index,
      /import { roamhqWrtc } .*\nimport { scopeQuickSockets } from ".\/scope_quick-sockets.js";\nimport { undici } /,
    );
    assert.match(index, /\n {2}roamhqWrtc,\n {2}scopeQuickSockets,\n {2}undici,\n/);
    passes("test/tables/rows.test.ts");
  });

  test("a table of a builtin is listed with the builtins", () => {
    assert.equal(add("table", "node:teleport/promises").status, 0);
    assert.match(copy.read("src/tables/teleport_promises.ts"), /module: "teleport\/promises"/);
    assert.match(copy.read("src/tables/builtins.ts"), /\n {2}teleportPromises,\n\];/);
  });

  test("a finding has the next code, is in the catalogue and passes its tests", () => {
    assert.equal(add("finding", "message-in-a-bottle").status, 0);
    assert.match(
      copy.read("src/findings/message-in-a-bottle.ts"),
      /code: "SOCKS10\d\d",\n {2}title: "Message in a bottle"/,
    );
    const update = { UPDATE_FIXTURES: "1" };
    fails("test/findings/catalogue.test.ts", /SOCKS10\d\d/, update);
    const path = "src/findings/message-in-a-bottle.ts";
    const words = copy
      .read(path)
      .replace("Say why.", "Nobody answers.")
      .replace(/Say what .*\./, "Wait.");
    copy.write(path, words);
    passes("test/findings/catalogue.test.ts", ".", update);
    passes("test/findings/catalogue.test.ts");
  });

  test("a fixture is a program that the fixture tests take, and a table's package is reported in one", () => {
    assert.equal(add("fixture", "additions/first").status, 0);
    copy.write("fixtures/additions/second/input.ts", 'import "@scope/quick-sockets";\n');
    passes("test/engine/fixtures.test.ts", "additions/", { UPDATE_FIXTURES: "1" });
    assert.match(copy.read("fixtures/additions/second/findings.json"), /"SOCKS1013"/);
    assert.match(copy.read("fixtures/additions/first/output.ts"), /Rconnect\(\{ host, port: 7 \}\)/);
  });

  test("what was added type-checks", () => {
    const compilerOptions = { noEmit: true, composite: false };
    const additions = { extends: "./tsconfig.json", compilerOptions, references: [] };
    const files = ["src/tables/index.ts", "src/findings/index.ts"];
    copy.write("additions.json", JSON.stringify({ ...additions, files }));
    const { status, stdout } = node(["node_modules/typescript/bin/tsc", "-p", "additions.json"]);
    assert.deepEqual([status, stdout], [0, ""]);
  });

  test("no kind is refused with the usage, and exit code 2", () => {
    const { status, stdout, stderr } = add();
    assert.deepEqual([status, stdout], [2, ""]);
    assert.equal(stderr, "new: what? npm run new -- table|finding|fixture NAME\n");
  });

  for (const [claim, kind, name, says] of [
    ["an unknown kind", "tabel", "x", /^no such kind: tabel; npm run new -- table\|finding\|fixture NAME$/],
    ["an empty name", "finding", "", /^finding '': a name is words in small letters/],
    [
      "a name that leads out of its folder",
      "fixture",
      "../x/y",
      /^fixture '..\/x\/y': a name is theme\/leaf/,
    ],
    ["a name with capitals", "table", "Quick", /^table 'Quick': a name is that of a package/],
    [
      "a name that is none in TypeScript",
      "table",
      "delete",
      /^'delete', as which it would be listed, is no name/,
    ],
    ["a package that has a table", "table", "@roamhq/wrtc", /^@roamhq\/wrtc has a table already$/],
    [
      "a builtin that has one in another's file",
      "table",
      "node:dns/promises",
      /^node:dns\/promises has a table/,
    ],
    [
      "a finding that exists",
      "finding",
      "mixed-receiver",
      /'mixedReceiver', as which .* is no name, or taken$/,
    ],
    ["a fixture that exists", "fixture", "udp/dgram", /^fixtures\/udp\/dgram\/input\.ts is there already$/],
  ] as const)
    test(`${claim} is refused, and nothing is written`, () => {
      const before = contents();
      assert.throws(() => scaffold(copy.directory, kind, name), { constructor: Refused, message: says });
      assert.deepEqual(contents(), before);
    });
});
