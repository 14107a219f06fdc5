import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { repository } from "../support/user-folder.js";
import { Workplace } from "./workplace.js";

const { version } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8")) as { version: string };

/** Writes the names of all loaded modules to standard error when the process ends. */
const told = `process.on("exit", () => process.stderr.write(Object.keys(require.cache).join("\\n")));`;

/** Writes what is started to standard error. */
const watched = `
const childProcess = require("node:child_process");
const { spawn } = childProcess;
childProcess.spawn = (command, ...rest) => {
  process.stderr.write("started " + command + "\\n");
  return spawn(command, ...rest);
};
require("node:module").syncBuiltinESMExports();
`;

function loadedBy(workplace: Workplace, args: readonly string[]): string[] {
  const env = { NODE_OPTIONS: `--require ${JSON.stringify(workplace.at("told.cjs"))}` };
  return workplace
    .tsocksify(args, { env })
    .stderr.split("\n")
    .filter((name) => name.startsWith("/") || /^[A-Z]:/.test(name))
    .map((name) => name.replaceAll("\\", "/"));
}

describe("tsocksify lint beside TypeScript 7.1", () => {
  const entry = [{ transform: "tsocksify/transformer", any: "ignore" }];
  const place = new Workplace(
    {
      "told.cjs": told,
      "tsconfig.json": '{ "extends": ["./plugin", "./strict.json"], "include": ["src"] }',
      "plugin.json": JSON.stringify({ compilerOptions: { plugins: entry } }),
      "strict.json": '{ "compilerOptions": { "strict": true, "types": ["node"], }, /* all of it */ }',
      "src/a.ts": 'import net from "net";\nnet.connect(1);\nexport const f = (s: any) => s.connect(1);\n',
      "src/a.js": "what it compiles to",
      "none/tsconfig.json":
        '{ "extends": "../plugin.json", "compilerOptions": { "plugins": null, "types": ["node"] } }',
      "none/b.ts": 'import net from "net";\nnet.connect(1);\nexport const f = (s: any) => s.connect(1);\n',
      "mapped/tsconfig.json":
        '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] }, "types": ["node"] }, "include": ["src"] }',
      "mapped/src/c.ts": 'import { open } from "@/d";\n// It differs from ".open()".\nopen();\n',
      "mapped/src/d.ts": 'import net from "net";\nexport const open = () => net.connect(1);\n',
      "listed/tsconfig.json": '{ "compilerOptions": { "types": ["node"] }, "files": ["a.ts"] }',
      "listed/a.ts": 'import net from "net";\n// import { old } from "./old.js";\nnet.connect(1);\n',
      "listed/old.ts": 'import net from "net";\nexport const old = net.connect(1);\n',
      "bare/tsconfig.json": '{ "compilerOptions": { "types": [] } }',
      "bare/a.ts": 'export const page = fetch("https://example.org");\nexport const f: Function = f;\n',
    },
    "typescript-7.1",
  );
  after(() => place.remove());

  test("loads no other TypeScript to read tsconfig.json", () => {
    const loaded = loadedBy(place, ["lint", "src/a.ts", "none"]);
    assert.ok(loaded.some((name) => name.includes("/typescript-7.1/")));
    assert.deepEqual(
      loaded.filter((name) => /\/node_modules\/(?:ts-morph|@ts-morph|typescript)\//.test(name)),
      [],
    );
  });

  test("loads no other TypeScript to follow imports that are listed by another name", () => {
    const loaded = loadedBy(place, ["lint", "-p", "mapped"]);
    assert.deepEqual(
      loaded.filter((name) => /\/node_modules\/(?:ts-morph|@ts-morph|typescript)\//.test(name)),
      [],
    );
  });

  test("loads no other TypeScript for a file that only a comment imports, nor where Node has no declarations", () => {
    for (const folder of ["listed", "bare"]) {
      const loaded = loadedBy(place, ["lint", "-p", folder]);
      assert.ok(loaded.some((name) => name.includes("/typescript-7.1/")));
      assert.deepEqual(
        loaded.filter((name) => /\/node_modules\/(?:ts-morph|@ts-morph|typescript)\//.test(name)),
        [],
        folder,
      );
    }
  });

  test("starts the compiler once for projects that follow each other", () => {
    const own = new Workplace(
      {
        "watched.cjs": watched,
        "a/tsconfig.json": '{ "compilerOptions": { "types": ["node"] } }',
        "a/a.ts": 'import net from "net";\nnet.connect(1);\n',
        "b/tsconfig.json": '{ "compilerOptions": { "types": ["node"] } }',
        "b/b.ts": 'import net from "net";\nnet.connect(1);\n',
      },
      "typescript-7.1",
    );
    const env = { NODE_OPTIONS: `--require ${JSON.stringify(own.at("watched.cjs"))}` };
    const { stdout, stderr } = own.tsocksify(["lint", "--reporter", "json", "a", "b"], { env });
    own.remove();
    const { rewrites } = JSON.parse(stdout) as { rewrites: readonly Place[] };
    assert.deepEqual(
      rewrites.map(({ file }) => file),
      ["a/a.ts", "b/b.ts"],
    );
    assert.equal(stderr.match(/^started /gm)?.length, 1, stderr);
  });

  test("knows what is extended, outputs, and the options of the plugin's entry", () => {
    const { stdout, stderr } = place.tsocksify(["lint", "--reporter", "json"]);
    assert.equal(stderr, "");
    const { findings, rewrites } = JSON.parse(stdout) as Record<"findings" | "rewrites", Place[]>;
    const places = (list: readonly Place[]): string[] =>
      list.map(({ file, line, code }) => `${file}:${line} ${code ?? ""}`);
    assert.deepEqual(places(rewrites), [
      "bare/a.ts:1 ",
      "listed/a.ts:3 ",
      "listed/old.ts:2 ",
      "mapped/src/d.ts:2 ",
      "none/b.ts:2 ",
      "src/a.ts:2 ",
    ]);
    assert.deepEqual(places(findings), ["none/b.ts:3 SOCKS1004", "tsconfig.json:1 SOCKS1101"]);
  });
});

interface Place {
  readonly file: string;
  readonly line: number;
  readonly code?: string;
}

describe("tsocksify, before any command", () => {
  let workplace: Workplace;
  before(() => (workplace = new Workplace({ "told.cjs": told }, "typescript")));
  after(() => workplace.remove());

  for (const args of [["--version"], ["--help"], []])
    test(`tsocksify ${args.join(" ")} loads no compiler, and no package but the one that reads command lines`, () => {
      const loaded = loadedBy(workplace, args);
      assert.ok(loaded.some((name) => name.endsWith("/dist/cli.js")));
      const packages = loaded.flatMap(
        (name) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(name)?.[1] ?? [],
      );
      assert.deepEqual([...new Set(packages)], ["commander"]);
    });

  test("what is ours is one file: a lint reads no other of it", () => {
    workplace.write("src/clock.ts", 'import net from "net";\nnet.connect(1);\n');
    const loaded = loadedBy(workplace, ["lint", "src"]);
    const own = loaded.filter((name) => name.includes("/dist/") && !name.includes("/node_modules/"));
    assert.deepEqual(
      own.map((name) => name.replace(/.*\/dist\//, "")),
      ["cli.js"],
    );
    assert.ok(
      !loaded.some((name) => name.includes("/node_modules/diff/")),
      "nothing is written, so nothing is compared",
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
