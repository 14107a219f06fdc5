import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { after, describe, test } from "node:test";
import type { Manifest } from "../../src/project/manifest.js";
import { missing } from "../support/peers/required.js";
import { Workplace } from "./workplace.js";

/** It gives a program a terminal. */
const scriptSkip = missing("bsdutils", "/usr/bin/script");

const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;
const source = 'import * as net from "node:net";\nnet.connect(1);\n';
const plugin = { compilerOptions: { plugins: [{ transform: "tsocksify/transformer" }] }, include: ["src"] };

interface Case {
  readonly files: Readonly<Record<string, string>>;
  readonly typescript?: string;
  readonly host: "plugin" | "build" | "codemod";
  readonly scripts: Readonly<Record<string, string>>;
  readonly devDependencies: readonly string[];
  readonly says?: RegExp;
  /** Of the files, those that change beside package.json. */
  readonly changed?: readonly string[];
}

const build = (command: string, more: object = {}): string => json({ scripts: { build: command }, ...more });
const tsconfig = json({ compilerOptions: { strict: true }, include: ["src"] });

const cases: Record<string, Case> = {
  "TypeScript 5: the plugin, and tspc where tsc writes files": {
    files: {
      "package.json": json({
        scripts: { build: "rm -rf dist && tsc -p . && cp a b", check: "tsc --noEmit", w: "npm run tsc" },
      }),
      "tsconfig.json": tsconfig,
      "src/a.ts": source,
    },
    typescript: "typescript",
    host: "plugin",
    scripts: { build: "rm -rf dist && tspc -p . && cp a b", check: "tsc --noEmit", w: "npm run tsc" },
    devDependencies: ["ts-patch ^3.3.0", "tsocksify"],
    changed: ["tsconfig.json"],
  },
  "TypeScript 6: the plugin, with ts-patch 4": {
    files: { "package.json": build("tsc"), "tsconfig.json": tsconfig, "src/a.ts": source },
    typescript: "typescript-6",
    host: "plugin",
    scripts: { build: "tspc" },
    devDependencies: ["ts-patch ^4.0.0", "tsocksify"],
    changed: ["tsconfig.json"],
    // That Node can't run ts-patch 4.
    ...(process.version.startsWith("v20.") && {
      says: /ts-patch 4.*needs\s+Node\s+22\.15.*tsocksify\s+build/s,
    }),
  },
  "what was compiled before the plugin was there is not up to date": {
    files: {
      "package.json": build("tsc"),
      "tsconfig.json": json({
        compilerOptions: { incremental: true, outDir: "out" },
        include: ["src"],
      }),
      "out/tsconfig.tsbuildinfo": "{}",
      "src/a.ts": source,
    },
    typescript: "typescript",
    host: "plugin",
    scripts: { build: "tspc" },
    devDependencies: ["ts-patch ^3.3.0", "tsocksify"],
    changed: ["tsconfig.json"],
    says: /remove\s+out\/tsconfig\.tsbuildinfo: the compiler takes what it knows/s,
  },
  "a compiler that ts-patch has patched stays tsc": {
    files: {
      "package.json": json({
        scripts: { build: "tsc", prepare: "ts-patch install" },
        devDependencies: { "ts-patch": "^3.2.0" },
      }),
      "tsconfig.json": tsconfig,
      "src/a.ts": source,
    },
    typescript: "typescript",
    host: "plugin",
    scripts: { build: "tsc", prepare: "ts-patch install" },
    devDependencies: ["ts-patch ^3.2.0", "tsocksify"],
    changed: ["tsconfig.json"],
  },
  "TypeScript 7: tsocksify build, and the entry that is ignored goes": {
    files: { "package.json": build("tsc -b"), "tsconfig.json": json(plugin), "src/a.ts": source },
    typescript: "typescript-7.1",
    host: "build",
    scripts: { build: "tsocksify build -b" },
    devDependencies: ["tsocksify"],
    changed: ["tsconfig.json"],
  },
  "tsgo beside TypeScript 5: tsocksify build in its place": {
    files: {
      "package.json": json({ scripts: { build: "tsgo -p .", check: "tsgo --noEmit" } }),
      "tsconfig.json": json(plugin),
      "src/a.ts": source,
    },
    typescript: "typescript",
    host: "build",
    scripts: { build: "tsocksify build -p .", check: "tsgo --noEmit" },
    devDependencies: ["tsocksify"],
    says: /tsgo compiles it, which has no plugins: tsocksify build, in the place of tsgo/,
    changed: ["tsconfig.json"],
  },
  "TypeScript 7 by another name: tsocksify build, for all of the command": {
    files: {
      "package.json": build("node ./node_modules/seven/bin/tsc -p ."),
      "node_modules/seven/package.json": '{ "name": "typescript", "version": "7.0.2" }',
      "tsconfig.json": tsconfig,
      "src/a.ts": source,
    },
    typescript: "typescript",
    host: "build",
    scripts: { build: "tsocksify build -p ." },
    devDependencies: ["tsocksify"],
    says: /seven compiles it, which has no plugins/,
  },
  "TypeScript 7, and an entry with options, which tsocksify build reads": {
    files: {
      "package.json": build("tspc"),
      "tsconfig.json": json({
        compilerOptions: { plugins: [{ transform: "tsocksify/transformer", any: "dispatch" }] },
      }),
      "src/a.ts": source,
    },
    typescript: "typescript-7.0",
    host: "build",
    scripts: { build: "tsocksify build" },
    devDependencies: ["tsocksify"],
    says: /tsconfig\.json keeps the entry .* \(any\); lint goes on/s,
  },
  "a TypeScript that is not installed yet goes by its range": {
    files: {
      "package.json": build("tsc", { devDependencies: { typescript: "~7.0.2" } }),
      "tsconfig.json": tsconfig,
      "src/a.ts": source,
    },
    host: "build",
    scripts: { build: "tsocksify build" },
    devDependencies: ["tsocksify", "typescript ~7.0.2"],
    says: /TypeScript ~7\.0\.2, which is not installed yet/,
  },
  "a bundler that transpiles, though tsc checks: codemod and lint": {
    files: {
      "package.json": build("tsc -b && vite build", { devDependencies: { vite: "^7.0.0" } }),
      "tsconfig.json": json({ files: [], references: [{ path: "./tsconfig.app.json" }] }),
      "tsconfig.app.json": json({ compilerOptions: { noEmit: true }, include: ["src"] }),
      "src/a.ts": source,
    },
    typescript: "typescript",
    host: "codemod",
    scripts: {
      build: "tsc -b && vite build",
      "lint:socks": "tsocksify codemod --check && tsocksify lint",
    },
    devDependencies: ["tsocksify", "vite ^7.0.0"],
    says: /Vite compiles it file by file.*with the plugin tsocksify\/vite instead/s,
  },
  "JavaScript: codemod and lint": {
    files: { "package.json": json({ scripts: { test: "node --test" } }), "src/a.js": source },
    host: "codemod",
    scripts: { test: "node --test", "lint:socks": "tsocksify codemod --check && tsocksify lint" },
    devDependencies: ["tsocksify"],
    says: /no TypeScript; node:test/,
  },
};

describe("tsocksify init", () => {
  const workplaces: Workplace[] = [];
  const at = (files: Readonly<Record<string, string>>, typescript?: string): Workplace => {
    const workplace = new Workplace(files, typescript);
    workplaces.push(workplace);
    return workplace;
  };
  after(() => workplaces.forEach((each) => each.remove()));

  for (const [
    what,
    { files, typescript, host, scripts, devDependencies, says, changed = [] },
  ] of Object.entries(cases))
    test(what, () => {
      const workplace = at(files, typescript);
      const before = workplace.contents();

      const dry = workplace.tsocksify(["init", "--dry-run"]);
      assert.equal(dry.code, 0, dry.stderr);
      assert.match(dry.stdout, new RegExp(`^  ${host} `, "m"));
      if (says)
        assert.match(dry.stdout.replace(/\s+/g, " "), new RegExp(says.source.replaceAll("\\s+", " ")));
      assert.deepEqual(workplace.contents(), before);

      const asked = workplace.tsocksify(["init"]);
      assert.deepEqual(
        [asked.code, asked.stderr],
        [1, "Nothing was written: there is no terminal to ask on. Use --yes.\n"],
      );
      assert.deepEqual(workplace.contents(), before);

      const written = workplace.tsocksify(["init", "--yes"]);
      assert.equal(written.code, 0, written.stderr);
      assert.match(written.stderr, /^Written\. Now run:\n {2}npm install\n/);
      const contents = workplace.contents();
      assert.deepEqual(
        Object.keys(contents).filter((name) => contents[name] !== before[name]),
        ["package.json", ...changed],
      );
      const manifest = JSON.parse(workplace.read("package.json")) as Record<string, Record<string, string>>;
      assert.deepEqual(manifest["scripts"], scripts);
      assert.deepEqual(Object.keys(manifest["dependencies"]!), ["@tsocksify/runtime"]);
      const found = Object.entries(manifest["devDependencies"]!);
      assert.deepEqual(
        found.map(([name, range]) => (name === "tsocksify" ? name : `${name} ${range}`)),
        devDependencies,
      );

      const again = workplace.tsocksify(["init", "--yes"]);
      assert.deepEqual([again.code, again.stderr], [0, "Everything is set up; nothing was written.\n"]);
      assert.deepEqual(workplace.contents(), contents);
    });

  test("what it sets up is what tsc and tspc then do: the built program calls the runtime", () => {
    const workplace = at(
      {
        "package.json": build("tsc -p ."),
        "tsconfig.json": `{ // mine\n  "compilerOptions": { "rootDir": "src", "outDir": "dist", "types": ["node"] },\n  "include": ["src"]\n}\n`,
        "src/a.ts": source,
      },
      "typescript-7.1",
    );
    workplace.linkPackage("@tsocksify/runtime");
    assert.equal(workplace.tsocksify(["init", "--yes"]).code, 0);
    const { build: command } = (JSON.parse(workplace.read("package.json")) as { scripts: { build: string } })
      .scripts;
    const ran = workplace.tsocksify(command.split(" ").slice(1));
    assert.equal(ran.code, 0, ran.stdout);
    assert.match(workplace.read("dist/a.js"), /Rconnect\(1\)/);
  });

  test("what it tells to run for the codemod runs, in the order that it tells", () => {
    const workplace = at({ "package.json": json({}), "src/a.js": source });
    workplace.commit();
    const { stderr } = workplace.tsocksify(["init", "--yes"]);
    const commands = [...stderr.matchAll(/^ {2}(.+)$/gm)].map(([, command]) => command!);
    assert.deepEqual(commands, [
      "npm install",
      "npx tsocksify codemod",
      "git commit --all",
      "npx tsocksify codemod --write",
      "npx tsocksify doctor",
    ]);
    workplace.git("commit", "--all", "--quiet", "--message", "init");
    const written = workplace.tsocksify(["codemod", "--write"]);
    assert.equal(written.stderr, "1 call site in 1 file. Written.\n");
    assert.equal(written.code, 0);
  });

  describe("in a monorepo, the workspaces that may touch a socket, and no others", () => {
    const roots: Record<string, Record<string, string>> = {
      "npm's list": { "package.json": json({ workspaces: ["packages/*"] }) },
      "Yarn's list": { "package.json": json({ workspaces: { packages: ["packages/*/"] } }) },
      "pnpm's list": {
        "package.json": "{}",
        "pnpm-workspace.yaml": "packages:\n  - packages/**\n  - '!**/fixtures/**'\n",
      },
    };
    for (const [what, root] of Object.entries(roots))
      test(what, () => {
        const workplace = at({
          ...root,
          ".git/HEAD": "",
          "packages/wire/package.json": json({ name: "wire" }),
          "packages/wire/src/a.js": source,
          "packages/sums/package.json": json({ name: "sums" }),
          "packages/sums/src/a.js": "export const sum = (a, b) => a + b;\n",
          "packages/sums/fixtures/old/package.json": json({ name: "old" }),
          "packages/sums/fixtures/old/a.js": "export const old = true;\n",
        });
        const before = workplace.contents();
        const { code, stderr } = workplace.tsocksify(["init", "--yes"]);
        assert.equal(code, 0);
        assert.match(stderr, /^1 workspace has nothing that could touch a socket\.\n/);
        assert.match(stderr, /\n {2}npm install\n {2}\(cd packages\/wire && npx tsocksify codemod\)\n/);
        const contents = workplace.contents();
        assert.deepEqual(
          Object.keys(contents).filter((name) => contents[name] !== before[name]),
          ["packages/wire/package.json"],
        );
      });

    for (const [compiler, script] of [
      ["typescript", "tspc -b"],
      ["typescript-7.0", "tsocksify build -b"],
    ] as const)
      test(`with the root's script that compiles them, by ${compiler}`, () => {
        const composite = json({
          compilerOptions: { composite: true, module: "nodenext", outDir: "dist" },
          include: ["src"],
        });
        const references = ["wire", "line", "sums"].map((name) => ({ path: `packages/${name}` }));
        const workplace = at(
          {
            "package.json": json({ workspaces: ["packages/*"], scripts: { build: "tsc -b" } }),
            "tsconfig.json": json({ files: [], references }),
            ".git/HEAD": "",
            "packages/wire/package.json": json({ name: "wire" }),
            "packages/wire/tsconfig.json": composite,
            "packages/wire/src/a.ts": source,
            "packages/line/package.json": json({ name: "line", scripts: { build: "tsc -b" } }),
            "packages/line/tsconfig.json": composite,
            "packages/line/src/a.ts": source,
            "packages/sums/package.json": json({ name: "sums" }),
            "packages/sums/tsconfig.json": composite,
            "packages/sums/src/a.ts": "export const sum = (a: number, b: number) => a + b;\n",
          },
          compiler,
        );
        const before = workplace.contents();
        const { code, stderr } = workplace.tsocksify(["init", "--yes"]);
        assert.equal(code, 0, stderr);
        const contents = workplace.contents();
        const manifest = (folder: string): Manifest =>
          JSON.parse(contents[`${folder}package.json`]!) as Manifest;
        assert.equal(manifest("").scripts?.["build"], script);
        assert.equal(manifest("packages/line/").scripts?.["build"], script);
        assert.equal(manifest("packages/wire/").scripts, undefined);
        for (const folder of ["packages/wire/", "packages/line/"])
          assert.ok(manifest(folder).dependencies?.["@tsocksify/runtime"], folder);
        const changed = Object.keys(contents).filter((name) => contents[name] !== before[name]);
        assert.equal(changed.includes("packages/wire/tsconfig.json"), script === "tspc -b");
        assert.ok(changed.every((name) => !name.startsWith("packages/sums/")));
        assert.match(workplace.tsocksify(["init", "--yes"]).stderr, /nothing was written/);
      });
  });

  describe("the commands that come next are the package manager's own", () => {
    const managers: [files: Record<string, string>, commands: string[]][] = [
      [{}, ["npm install", "npm run compile", "npx tsocksify doctor"]],
      [{ "yarn.lock": "" }, ["yarn install", "yarn run compile", "yarn run tsocksify doctor"]],
      [{ "pnpm-lock.yaml": "" }, ["pnpm install", "pnpm run compile", "pnpm exec tsocksify doctor"]],
      [{ "bun.lock": "" }, ["bun install", "bun run compile", "bunx tsocksify doctor"]],
    ];
    const files = (packageManager?: string) => ({
      "package.json": json({ packageManager, scripts: { compile: "tsc", test: "node --test" } }),
      "tsconfig.json": tsconfig,
      "src/a.ts": source,
    });
    const next = (workplace: Workplace): string[] =>
      workplace
        .tsocksify(["init", "--yes"])
        .stderr.trim()
        .split(/\n {2}/);
    for (const [lock, commands] of managers)
      test(`by ${Object.keys(lock)[0] ?? "default"}`, () => {
        const told = next(at({ ...files(), ...lock }, "typescript"));
        assert.deepEqual(told, ["Written. Now run:", ...commands]);
      });
    test("by packageManager in package.json, of a folder above too", () => {
      const workplace = at({ ...files("pnpm@10.2.0+sha512.0a1b"), ".git/HEAD": "" }, "typescript");
      assert.deepEqual(next(workplace), ["Written. Now run:", ...managers[2]![1]]);
      workplace.write("sub/package.json", "{}");
      workplace.write("sub/a.js", source);
      assert.match(workplace.tsocksify(["init", "--yes"], { cwd: "sub" }).stderr, /pnpm install/);
    });
  });

  test(
    "asks on a terminal; no, the end of input and Ctrl-C write nothing",
    { skip: scriptSkip },
    async () => {
      const workplace = at({ "package.json": "{}\n", "a.js": source });
      const answer = async (input: string): Promise<number | null> => {
        const command = `"${process.execPath}" "${workplace.program}" init`;
        const child = spawn("/usr/bin/script", ["-qec", command, "/dev/null"], {
          cwd: workplace.directory,
          timeout: 60_000,
        });
        let shown = "";
        child.stdout.on("data", (chunk) => {
          const isAsked = shown.includes("[n]o:");
          shown += String(chunk);
          if (!isAsked && shown.includes("[n]o:")) child.stdin.write(input);
        });
        const [code] = (await once(child, "close")) as [number | null];
        assert.match(shown, /Write this file\?/);
        return code;
      };
      const before = workplace.contents();
      const refusals = [
        ["n\r", 1],
        ["\u0004", 1], // Ctrl-D
        ["\u0003", 130], // Ctrl-C: 128 + SIGINT
      ] as const;
      for (const [input, code] of refusals) {
        assert.equal(await answer(input), code, JSON.stringify(input));
        assert.deepEqual(workplace.contents(), before);
      }
      assert.equal(await answer("y\r"), 0);
      assert.notDeepEqual(workplace.contents(), before);
    },
  );

  test(
    "all files or none: a tsconfig.json that can't be written leaves package.json as it was",
    {
      skip: process.getuid?.() === 0 ? false : "needs root, to run as somebody who may not write there",
    },
    () => {
      const workplace = at(
        { "package.json": build("tsc"), "sub/tsconfig.json": tsconfig, "sub/src/a.ts": source },
        "typescript",
      );
      workplace.write("package.json", build("tsc -p sub"));
      spawnSync("chmod", ["777", workplace.directory]);
      spawnSync("chmod", ["555", workplace.at("sub")]);
      const before = workplace.contents();
      const { code, stderr } = workplace.tsocksify(["init", "--yes"], { uid: 65534 });
      assert.equal(code, 2);
      assert.match(stderr, /EACCES/);
      assert.deepEqual(workplace.contents(), before);
      assert.deepEqual(readdirSync(workplace.directory).sort(), ["node_modules", "package.json", "sub"]);
    },
  );

  for (const [what, files, args, message] of [
    ["no package.json", {}, [], /there is no package\.json here/],
    ["a package.json that is no JSON", { "package.json": "{,}" }, [], /package\.json:1: not JSON/],
    [
      "a list of workspaces that is no YAML",
      { "package.json": "{}", "pnpm-workspace.yaml": "packages: [" },
      [],
      /pnpm-workspace\.yaml: .* at line 1/,
    ],
    [
      "a compiler of no known version",
      { "package.json": json({ devDependencies: { typescript: "latest" } }) },
      [],
      /"latest" does not tell which version .*: install the dependencies first/,
    ],
    ["both --yes and --dry-run", { "package.json": "{}" }, ["--yes", "--dry-run"], /exclude each other/],
  ] as const)
    test(`${what} is one clear line, and exit code 2`, () => {
      const { code, stdout, stderr } = at(files).tsocksify(["init", ...args]);
      assert.deepEqual([code, stdout], [2, ""]);
      assert.match(stderr, /^tsocksify: .*\n$/);
      assert.match(stderr, message);
    });
});
