import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Workplace } from "./workplace.js";

const dial = 'import net from "net";\nnet.connect(1);\n';
const options = '"compilerOptions": { "strict": true, "module": "nodenext", "skipLibCheck": true }';

interface Report {
  readonly rewrites: readonly { readonly file: string; readonly line: number }[];
  readonly findings: readonly { readonly file: string; readonly code: string; readonly line: number }[];
}

interface Case {
  readonly claim: string;
  readonly files: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  readonly cwd?: string;
  readonly links?: Readonly<Record<string, string>>;
  readonly typescript?: string;
  /** The files with rewritten call sites, and how many each has. */
  readonly rewritten: Readonly<Record<string, number>>;
  readonly found?: readonly string[];
}

const plugged =
  '{ "compilerOptions": { "module": "nodenext", "types": ["node"], "plugins": [{ "transform": "tsocksify/transformer" }] }, "include": ["*.ts"] }';

const cases: readonly Case[] = [
  {
    claim: "JavaScript without any tsconfig.json, package or TypeScript",
    files: {
      "index.js": "const net = require('net')\nconst s = net.connect(1)\ns.connect(2)\n",
      "lib/a.mjs": dial,
    },
    rewritten: { "index.js": 2, "lib/a.mjs": 1 },
  },
  {
    claim: "a TypeScript older than 5.0 gives way to ours",
    files: {
      "node_modules/typescript/package.json": '{ "name": "typescript", "version": "4.9.5" }',
      "a.ts": `${dial}declare const s: net.Socket;\ns.connect(2);\n`,
      "tsconfig.json": `{ ${options} }`,
    },
    rewritten: { "a.ts": 2 },
  },
  {
    claim: "what .gitignore leaves out is left out, also by one in a folder below and with exceptions",
    typescript: "typescript",
    files: {
      ".gitignore": "dist/\n*.gen.ts\n",
      "dist/a.js": dial,
      "src/b.gen.ts": dial,
      "src/.gitignore": "!kept.gen.ts\nlocal.ts\n",
      "src/kept.gen.ts": dial,
      "src/local.ts": dial,
      "node_modules/x/index.js": dial,
      "src/c.ts": dial,
    },
    rewritten: { "src/c.ts": 1, "src/kept.gen.ts": 1 },
  },
  {
    claim: "what the configuration excludes is left out, and what is named is not",
    typescript: "typescript",
    files: {
      "tsocksify.config.mjs": 'export default { exclude: ["vendor/", "*.test.ts"] };\n',
      "vendor/a.ts": dial,
      "b.test.ts": dial,
      "c.ts": dial,
    },
    rewritten: { "c.ts": 1 },
  },
  {
    claim: "what a project compiles to is left out, and what is written by hand beside it is not",
    typescript: "typescript",
    files: {
      "tsconfig.json":
        '{ "compilerOptions": { "module": "nodenext", "outDir": "dist" }, "include": ["src"] }',
      "src/a.ts": dial,
      "src/deep/b.mts": dial,
      "dist/a.js": dial,
      "dist/deep/b.mjs": dial,
      "dist/by-hand.js": dial,
      "beside/tsconfig.json": '{ "compilerOptions": { "module": "nodenext" } }',
      "beside/c.ts": dial,
      "beside/c.js": dial,
      "unemitted/tsconfig.json": '{ "compilerOptions": { "module": "nodenext", "noEmit": true } }',
      "unemitted/d.ts": dial,
      "unemitted/d.js": dial,
    },
    rewritten: {
      "src/a.ts": 1,
      "src/deep/b.mts": 1,
      "dist/by-hand.js": 1,
      "beside/c.ts": 1,
      "unemitted/d.ts": 1,
      "unemitted/d.js": 1,
    },
  },
  {
    claim: "what a project compiles to is looked at when it is named",
    typescript: "typescript",
    args: ["dist"],
    files: {
      "tsconfig.json":
        '{ "compilerOptions": { "module": "nodenext", "outDir": "dist" }, "include": ["src"] }',
      "src/a.ts": dial,
      "dist/a.js": dial,
    },
    rewritten: { "dist/a.js": 1 },
  },
  {
    claim: "references of a solution that was never built, by their sources",
    typescript: "typescript",
    args: ["-p", "."],
    files: {
      "tsconfig.json": '{ "files": [], "references": [{ "path": "core" }, { "path": "app" }] }',
      "core/tsconfig.json": `{ "compilerOptions": { "composite": true, "outDir": "../out/core", "module": "nodenext" } }`,
      "core/socket.ts": 'import net from "net";\nexport class Line extends net.Socket {}\n',
      "app/tsconfig.json": `{ "compilerOptions": { "composite": true, "outDir": "../out/app", "module": "nodenext" }, "references": [{ "path": "../core" }] }`,
      "app/main.ts": 'import { Line } from "../core/socket.js";\nnew Line().connect(1);\n',
      "other/not-in-it.ts": dial,
    },
    rewritten: { "app/main.ts": 1, "core/socket.ts": 1 },
  },
  ...["typescript", "typescript-7.1"].map((typescript) => ({
    claim: `JavaScript that a project of ${typescript} imports and doesn't compile, and none that another compiles to`,
    typescript,
    args: ["-p", "a", "-p", "b"],
    files: {
      "a/tsconfig.json": `{ ${options} }`,
      "a/index.ts": `import "./dial.js";\nimport "./plain.js";\nimport "../dist/index.js";\n${dial}`,
      "a/dial.js": `import "./further.js";\n${dial}`,
      "a/plain.js": "export default 1;\n",
      "a/further.js": dial,
      "a/not-imported.js": dial,
      "b/tsconfig.json": '{ "compilerOptions": { "module": "nodenext", "outDir": "../dist" } }',
      "b/index.ts": dial,
      "dist/index.js": dial,
    },
    rewritten: { "a/dial.js": 1, "a/further.js": 1, "a/index.ts": 1, "b/index.ts": 1 },
  })),
  ...["typescript", "typescript-7.1"].map((typescript) => ({
    claim: `what a project of ${typescript} imports by other names than paths, and is compiled with it`,
    typescript,
    args: ["-p", "app"],
    links: { "node_modules/linked": "packages/linked", "node_modules/@built/one": "packages/built" },
    files: {
      "app/package.json":
        '{ "name": "app", "type": "module", "imports": { "#inner": "./inner/dial.ts" }, "exports": { "./own": "./own/dial.ts" } }',
      "app/tsconfig.json": `{ "compilerOptions": { "module": "nodenext", "strict": true, "skipLibCheck": true, "rootDir": "..", "noEmit": true, "allowImportingTsExtensions": true, "paths": { "@lib/*": ["../lib/*"], "exact": ["../exact.ts"] }, "rootDirs": ["src", "generated"] }, "include": ["src"] }`,
      "app/src/index.ts": [
        "@lib/dial.js",
        "exact",
        "#inner",
        "app/own",
        "linked",
        "@built/one",
        "./made.js",
        "net",
        "not-there",
      ]
        .map((specifier) => `import "${specifier}";\n`)
        .join(""),
      "app/src/old.ts": '/// <reference path="../referenced.ts" />\nexport {};\n',
      "app/referenced.ts": dial,
      "app/generated/made.ts": dial,
      "app/inner/dial.ts": dial,
      "app/own/dial.ts": dial,
      "app/not-imported.ts": dial,
      "lib/dial.ts": 'import "./next.js";\n',
      "lib/next.ts": dial,
      "lib/not-imported.ts": dial,
      "exact.ts": dial,
      "packages/linked/package.json": '{ "name": "linked", "type": "module", "exports": "./src/index.ts" }',
      "packages/linked/src/index.ts": dial,
      "packages/built/package.json": '{ "name": "@built/one", "main": "index.js", "types": "index.d.ts" }',
      "packages/built/index.js": dial,
      "packages/built/index.d.ts": "export {};\n",
    },
    rewritten: {
      "app/generated/made.ts": 1,
      "app/inner/dial.ts": 1,
      "app/own/dial.ts": 1,
      "app/referenced.ts": 1,
      "exact.ts": 1,
      "lib/next.ts": 1,
      "packages/linked/src/index.ts": 1,
    },
  })),
  {
    claim: "what an old project imports by its baseUrl",
    typescript: "typescript",
    args: ["-p", "."],
    files: {
      "tsconfig.json":
        '{ "compilerOptions": { "module": "commonjs", "moduleResolution": "node10", "baseUrl": "lib" }, "include": ["src"] }',
      "src/index.ts": 'import "dial";\nimport "deep/dial";\n',
      "lib/dial.ts": dial,
      "lib/deep/dial.ts": dial,
      "lib/other.ts": dial,
    },
    rewritten: { "lib/deep/dial.ts": 1, "lib/dial.ts": 1 },
  },
  {
    claim: "what one project lists, though another that comes first imports it",
    typescript: "typescript",
    args: ["-p", "a", "-p", "b"],
    files: {
      "a/tsconfig.json": `{ ${options} }`,
      "a/index.ts": 'import "../b/any.js";\n',
      "b/tsconfig.json": '{ "compilerOptions": { "module": "nodenext", "noImplicitAny": false } }',
      "b/any.ts": dial,
    },
    rewritten: { "b/any.ts": 1 },
  },
  {
    claim: "several -p, and a file that they import from outside",
    typescript: "typescript",
    args: ["-p", "a", "-p", "b/tsconfig.json"],
    files: {
      "base.json": `{ ${options} }`,
      "a/tsconfig.json": '{ "extends": "../base.json" }',
      "a/index.ts": 'import "../shared/dial.js";\n',
      "b/tsconfig.json": '{ "extends": "../base.json" }',
      "b/index.ts": dial,
      "shared/dial.ts": dial,
      "shared/unused.ts": dial,
    },
    rewritten: { "b/index.ts": 1, "shared/dial.ts": 1 },
  },
  {
    claim: "a declaration that no file imports still says what is a socket",
    typescript: "typescript",
    files: {
      "tsconfig.json": `{ ${options} }`,
      "globals.ts": 'import type net from "net";\ndeclare global {\n  var line: net.Socket;\n}\nexport {};\n',
      "main.ts": "line.connect(1);\nexport {};\n",
    },
    rewritten: { "main.ts": 1 },
  },
  {
    claim: "links are followed, each place once",
    typescript: "typescript",
    cwd: "repo",
    links: { "repo/linked": "elsewhere", "repo/again": "elsewhere", "repo/loop": "repo" },
    files: { "repo/a.ts": dial, "elsewhere/b.ts": dial },
    rewritten: { "a.ts": 1, "../elsewhere/b.ts": 1 },
  },
  {
    claim: "a project that leaves out Node's types gets them all the same",
    typescript: "typescript",
    files: {
      "tsconfig.json": '{ "compilerOptions": { "types": [], "module": "nodenext", "strict": true } }',
      "a.ts": `${dial}export const f = (s: net.Socket) => s.connect(2);\n`,
    },
    rewritten: { "a.ts": 2 },
  },
  ...["typescript-7.0", "typescript-7.1"].map((typescript) => ({
    claim: `${typescript} answers for its projects, and the plugin that it ignores is an error`,
    typescript,
    files: {
      "tsconfig.json":
        '{\n  "compilerOptions": {\n    "strict": true, "module": "nodenext", "types": ["node"],\n    "plugins": [{ "transform": "tsocksify/transformer" }]\n  }\n}\n',
      "a.ts": `${dial}export const f = (s: net.Socket) => s.connect(2);\n`,
    },
    rewritten: { "a.ts": 2 },
    found: ["tsconfig.json:4 SOCKS1101"],
  })),
  ...["tsgo -p .", "node node_modules/seven/bin/tsc"].map((compile) => ({
    claim: `the plugin is an error where the script that writes the program is ${compile}, whatever lies beside it`,
    typescript: "typescript",
    files: {
      "package.json": JSON.stringify({
        scripts: { check: "tsc --noEmit", build: `rm -rf dist && ${compile}` },
      }),
      "node_modules/seven/package.json": '{ "name": "typescript", "version": "7.0.2" }',
      "tsconfig.json": plugged,
      "a.ts": dial,
    },
    rewritten: { "a.ts": 1 },
    found: ["tsconfig.json:1 SOCKS1101"],
  })),
  {
    claim: "the plugin is an error where the preview of TypeScript 7 is the only compiler",
    files: {
      "package.json": "{}",
      "node_modules/@typescript/native-preview/package.json": '{ "version": "7.0.0-dev.1" }',
      "tsconfig.json": plugged,
      "a.ts": dial,
    },
    rewritten: { "a.ts": 1 },
    found: ["tsconfig.json:1 SOCKS1101"],
  },
  {
    claim: "a preview of TypeScript 7 that only checks is no matter, nor one that is merely there",
    typescript: "typescript",
    files: {
      "package.json": '{ "scripts": { "build": "tspc", "check": "tsgo --noEmit" } }',
      "node_modules/@typescript/native-preview/package.json": '{ "version": "7.0.0-dev.1" }',
      "tsconfig.json": plugged,
      "a.ts": dial,
    },
    rewritten: { "a.ts": 1 },
  },
  {
    claim:
      "an ignored plugin is found by a file's path, too, and the language server's is none that compiles",
    typescript: "typescript-7.1",
    files: {
      "tsconfig.json": '{ "compilerOptions": { "plugins": [{ "name": "tsocksify" }] }, "files": ["a.ts"] }',
      "b/tsconfig.json":
        '{ "compilerOptions": {\n  "plugins": [{ "transform": "../node_modules/tsocksify/transformer" }] } }',
      "a.ts": dial,
      "b/b.ts": dial,
    },
    rewritten: { "a.ts": 1, "b/b.ts": 1 },
    found: ["b/tsconfig.json:2 SOCKS1101"],
  },
];

describe("projects", () => {
  for (const { claim, files, args = [], cwd, links = {}, typescript, rewritten, found = [] } of cases)
    test(claim, () => {
      const workplace = new Workplace(files, typescript);
      try {
        for (const [path, target] of Object.entries(links)) workplace.link(path, workplace.at(target));
        const { stdout, stderr } = workplace.tsocksify(["lint", "--reporter", "json", ...args], { cwd });
        assert.equal(stderr, "");
        const report = JSON.parse(stdout) as Report;
        const count: Record<string, number> = {};
        for (const { file } of report.rewrites) count[file] = (count[file] ?? 0) + 1;
        assert.deepEqual(count, rewritten);
        assert.deepEqual(
          report.findings.map(({ file, line, code }) => `${file}:${line} ${code}`),
          found,
        );
      } finally {
        workplace.remove();
      }
    });
});
