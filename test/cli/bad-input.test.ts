import assert from "node:assert/strict";
import { chmodSync, existsSync } from "node:fs";
import { sep } from "node:path";
import { after, before, describe, test } from "node:test";
import { Workplace, type RunOptions } from "./workplace.js";

const good = 'import net from "net";\nnet.connect(1);\n';

interface Case {
  readonly what: string;
  readonly args: readonly string[];
  readonly says: RegExp;
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  readonly options?: RunOptions;
  /** Files that nobody may read. */
  readonly locked?: readonly string[];
}

/** Root may read everything. */
const asNobody: RunOptions = process.getuid?.() === 0 ? { uid: 65534 } : {};

/** 10,000 calls within calls: too much for TypeScript's parser; in a chain: for what it does next. */
const nested = `import net from "net";\n${"f(".repeat(10_000)}net.connect(1)${")".repeat(10_000)};\n`;
const chained = `import net from "net";\nnew net.Socket()${".connect(1)".repeat(10_000)};\n`;

const cases: readonly Case[] = [
  ...["lint", "codemod"].flatMap((command): Case[] => [
    // On Windows no file has such a name.
    ...(sep === "/"
      ? [
          {
            what: `a backslash in the name of a file, which TypeScript takes for a slash, in ${command}`,
            files: { "a\\b.js": 'require("net").connect(1);\n' },
            args: [command],
            says: /^tsocksify: a\\b\.js: TypeScript can't read a file of this name/,
          },
        ]
      : []),
    {
      what: `calls nested 10,000 deep, in ${command}`,
      files: { "deep.ts": nested },
      args: [command],
      says: /^tsocksify: deep\.ts: it is nested too deeply for the call stack/,
    },
    {
      what: `a chain of 10,000 calls, in ${command}`,
      files: { "deep.ts": chained },
      args: [command],
      says: /^tsocksify: deep\.ts: it is nested too deeply for the call stack/,
    },
  ]),
  {
    what: "calls nested 10,000 deep, in a file that others import",
    files: {
      "src/deep.ts": nested,
      "src/good.ts": `import "./deep";\nimport net from "net";\nnet.connect(1);\n`,
    },
    args: ["lint"],
    says: /^tsocksify: src\/deep\.ts: it is nested too deeply for the call stack, and others import it/,
  },
  {
    what: "calls nested 10,000 deep, in build",
    files: { "deep.ts": nested, "tsconfig.json": "{}" },
    args: ["build", "-p", "."],
    says: /^tsocksify: a file that is compiled: it is nested too deeply for the call stack$/,
  },
  {
    what: "a tsconfig.json that does not exist",
    args: ["lint", "-p", "missing"],
    says: /^tsocksify: no such file: missing$/,
  },
  {
    what: "a tsconfig.json with an option that TypeScript does not know",
    files: { "tsconfig.json": '{ "compilerOptions": { "strickt": true } }' },
    args: ["lint", "-p", "."],
    says: /^tsocksify: tsconfig\.json:1:24: TS5025: Unknown compiler option 'strickt'\. Did you mean 'strict'\?$/,
  },
  {
    what: "a tsconfig.json that is no JSON, found by itself",
    files: { "tsconfig.json": '{ "compilerOptions": [' },
    args: ["lint"],
    says: /^tsocksify: tsconfig\.json:1:\d+: TS\d+: /,
  },
  {
    what: "a tsconfig.json that extends one that is not there",
    files: { "tsconfig.json": '{ "extends": "./base.json" }' },
    args: ["lint"],
    says: /^tsocksify: .*base\.json/,
  },
  {
    what: "a tsconfig.json that lists a file that is not there",
    files: { "tsconfig.json": '{ "files": ["gone.ts"] }' },
    args: ["lint", "-p", "."],
    says: /^tsocksify: no such file: gone\.ts, which a tsconfig\.json lists$/,
  },
  {
    what: "a file that can't be read",
    files: { "secret.ts": good },
    locked: ["secret.ts"],
    args: ["lint"],
    options: asNobody,
    says: /^tsocksify: secret\.ts: can't be read: EACCES$/,
  },
  {
    what: "a syntax error, in lint",
    files: { "broken.ts": 'import net from "net";\nnet.connect(;\n' },
    args: ["lint"],
    says: /^tsocksify: broken\.ts:2:13: /,
  },
  {
    what: "a syntax error, in codemod: the good files are left alone too",
    files: { "broken.ts": 'import net from "net";\nnet.connect(;\n' },
    args: ["codemod", "--write"],
    says: /^tsocksify: broken\.ts:2:13: .*; nothing was changed$/,
  },
  {
    what: "a file of another language",
    files: { "notes.txt": "net.connect" },
    args: ["lint", "notes.txt"],
    says: /^tsocksify: notes\.txt: neither a TypeScript nor a JavaScript file$/,
  },
  {
    what: "a path with nothing there",
    args: ["lint", "nowhere"],
    says: /^tsocksify: no such file or folder: nowhere$/,
  },
  {
    what: "a pattern that matches nothing",
    args: ["lint", "lib/**/*.ts"],
    says: /^tsocksify: lib\/\*\*\/\*\.ts: no source file matches$/,
  },
  {
    what: "an unknown option",
    args: ["lint", "--max-warning", "1"],
    says: /^tsocksify: unknown option '--max-warning' \(Did you mean --max-warnings\?\)$/,
  },
  {
    what: "an unknown command",
    args: ["lnt"],
    says: /^tsocksify: unknown command 'lnt' \(Did you mean lint\?\)$/,
  },
  {
    what: "an unknown reporter",
    args: ["lint", "--reporter", "serif"],
    says: /^tsocksify: unknown reporter 'serif', did you mean 'sarif'\?; there are pretty, /,
  },
  {
    what: "two machine-readable reporters in one output",
    args: ["lint", "--reporter", "json", "--reporter", "sarif"],
    says: /^tsocksify: json and sarif can't share standard output: write --reporter NAME=FILE$/,
  },
  {
    what: "a number that is none",
    args: ["lint", "--max-warnings", "few"],
    says: /^tsocksify: .*--max-warnings.*'few'.*A whole number is expected\.$/,
  },
  {
    what: "a baseline that does not exist",
    args: ["lint", "--baseline", "known.json"],
    says: /^tsocksify: no such baseline: known\.json; --update-baseline writes it$/,
  },
  {
    what: "a baseline that is something else",
    files: { "known.json": "[]" },
    args: ["lint", "--baseline", "known.json"],
    says: /^tsocksify: known\.json is not a baseline/,
  },
  {
    what: "an unknown key of the configuration",
    files: { "tsocksify.config.json": '{ "exlude": [] }' },
    args: ["lint"],
    says: /^tsocksify: tsocksify\.config\.json: unknown option 'exlude', did you mean 'exclude'\?$/,
  },
  {
    what: "a wrong value in package.json",
    files: { "package.json": '{ "tsocksify": { "maxWarnings": "none" } }' },
    args: ["lint"],
    says: /^tsocksify: package\.json, key tsocksify: option 'maxWarnings' can't be "none"; it is a whole number from 0$/,
  },
  {
    what: "a configuration that fails when it runs",
    files: { "tsocksify.config.mjs": 'throw new Error("no");' },
    args: ["lint"],
    says: /^tsocksify: tsocksify\.config\.mjs can't be run: no$/,
  },
  ...Object.entries({ ts: "export default", mjs: "export default", cjs: "module.exports =" }).map(
    ([extension, start]) => ({
      what: `a configuration with an error of syntax, .${extension}`,
      files: { [`tsocksify.config.${extension}`]: `${start} {\n  any: "warn",\n  exclude: [}\n` },
      args: ["lint"],
      says: new RegExp(
        `^tsocksify: tsocksify\\.config\\.${extension}:3:\\d+ can't be run: ParseError: Unexpected token$`,
      ),
    }),
  ),
  {
    what: "a package.json that is no JSON",
    files: { "package.json": '{\n  "name": "x",\n  "type" "module"\n}\n' },
    args: ["lint"],
    says: /^tsocksify: package\.json:3: not JSON \(ColonExpected\)$/,
  },
  {
    what: "a package.json with a comment",
    files: { "package.json": '{\n  // The name.\n  "name": "x"\n}\n' },
    args: ["lint"],
    says: /^tsocksify: package\.json:2: not JSON \(InvalidCommentToken\)$/,
  },
  {
    what: "a configuration that is a promise",
    files: { "tsocksify.config.cjs": "module.exports = Promise.resolve({ any: 'ignore' })" },
    args: ["lint"],
    says: /^tsocksify: tsocksify\.config\.cjs: an object of options is expected$/,
  },
  {
    what: "a configuration that is a folder",
    files: { "tsocksify.config.json/a.txt": "" },
    args: ["lint"],
    says: /^tsocksify: tsocksify\.config\.json: illegal operation on a directory \(EISDIR, read\)$/,
  },
  {
    what: "a configuration that ends the process",
    files: { "tsocksify.config.cjs": "process.exit(0);" },
    args: ["lint"],
    says: /^tsocksify: tsocksify\.config\.cjs can't be run: it calls process\.exit\(0\)$/,
  },
  {
    what: "a configuration in a language that isn't read",
    files: { "tsocksify.config.yaml": "any: dispatch\n" },
    args: ["lint"],
    says: /^tsocksify: tsocksify\.config\.yaml is not read: a configuration is called tsocksify\.config\.json, /,
  },
  {
    what: "a configuration under a name that isn't read",
    files: { ".tsocksifyrc": "{}" },
    args: ["lint"],
    says: /^tsocksify: \.tsocksifyrc is not read: /,
  },
  {
    what: "two configurations",
    files: { "tsocksify.config.mjs": "export default {}", "tsocksify.config.json": "{}" },
    args: ["lint"],
    says: /there can be only one configuration file$/,
  },
  {
    what: "a line that is not there",
    args: ["lint", "--explain", "good.ts:9"],
    says: /^tsocksify: good\.ts has 3 lines$/,
  },
  {
    what: "nothing to look at: an empty folder",
    files: { "empty/notes.txt": "" },
    args: ["lint", "empty"],
    says: /^tsocksify: there is no source file to look at in empty$/,
  },
  {
    what: "nothing to look at: all is left out",
    files: { "tsocksify.config.json": '{ "exclude": ["*.ts"] }' },
    args: ["lint", "--reporter", "json"],
    says: /^tsocksify: there is no source file to look at here; .*exclude.*\.gitignore/,
  },
  {
    what: "nothing to rewrite, because a project has no files",
    files: { "lib/tsconfig.json": "{}" },
    args: ["codemod", "-p", "lib", "--check"],
    says: /^tsocksify: there is no source file to look at in lib$/,
  },
  {
    what: "an output without a name",
    args: ["lint", "--reporter", "json="],
    says: /^tsocksify: --reporter json=: the name of a file is missing$/,
  },
  {
    what: "two reporters in one file",
    args: ["lint", "--reporter", "json=out.txt", "--reporter", "sarif=./out.txt"],
    says: /^tsocksify: json and sarif can't share the file out\.txt$/,
  },
  {
    what: "an output that is a folder",
    files: { "out/file": "" },
    args: ["lint", "--reporter", "json", "--output", "out"],
    says: /^tsocksify: out: illegal operation on a directory \(EISDIR, rename\)$/,
  },
  {
    what: "an output below a file",
    args: ["lint", "--reporter", "json", "--output", "good.ts/out.json"],
    says: /^tsocksify: good\.ts.*: not a directory \(ENOTDIR, \w+\)$/,
  },
  {
    what: "a baseline with an entry that is none",
    files: { "known.json": '{ "version": 1, "findings": [null] }' },
    args: ["lint", "--baseline", "known.json"],
    says: /^tsocksify: known\.json is not a baseline/,
  },
  {
    what: "a baseline that is a folder",
    files: { "known/file": "" },
    args: ["lint", "--baseline", "known"],
    says: /^tsocksify: known: illegal operation on a directory \(EISDIR, read\)$/,
  },
  {
    what: "a configuration that throws what is no error",
    files: { "tsocksify.config.mjs": "throw null;" },
    args: ["lint"],
    says: /^tsocksify: tsocksify\.config\.mjs can't be run: null$/,
  },
  {
    what: "a folder as the configuration",
    args: ["lint", "--config", "."],
    says: /^tsocksify: --config \.: a file is expected$/,
  },
  {
    what: "a wrong option in the package.json that --config names",
    files: { "own/package.json": '{ "name": "own", "tsocksify": { "exlude": [] } }' },
    args: ["lint", "--config", "own/package.json"],
    says: /^tsocksify: own\/package\.json, key tsocksify: unknown option 'exlude', did you mean 'exclude'\?$/,
  },
  {
    what: "a package.json without options, named by --config",
    files: { "own/package.json": '{ "name": "own" }' },
    args: ["lint", "--config", "own/package.json"],
    says: /^tsocksify: own\/package\.json has no key tsocksify$/,
  },
  {
    what: "a line of a file that is no source",
    files: { "package.json": "{}" },
    args: ["lint", "--explain", "package.json:1"],
    says: /^tsocksify: package\.json: neither a TypeScript nor a JavaScript file$/,
  },
  {
    what: "a line of a folder",
    args: ["lint", "--explain", ".:1"],
    says: /^tsocksify: \.: neither a TypeScript nor a JavaScript file$/,
  },
  {
    what: "an explanation for programs, which there is none of",
    args: ["lint", "--explain", "good.ts:1", "--reporter", "json"],
    says: /^tsocksify: --explain and --reporter exclude each other$/,
  },
  {
    what: "help on a command that there is none of",
    args: ["help", "lnt"],
    says: /^tsocksify: unknown command 'lnt' \(Did you mean lint\?\)$/,
  },
  {
    what: "two modes at once",
    args: ["codemod", "--write", "--check"],
    says: /^tsocksify: --write and --check exclude each other$/,
  },
];

describe("bad input: one clear line, exit code 2, and every file as it was", () => {
  for (const { what, args, says, files = {}, options, locked = [] } of cases)
    test(what, () => {
      const workplace = new Workplace({ "good.ts": good, ...files }, "typescript");
      try {
        chmodSync(workplace.directory, 0o755);
        const before = workplace.contents();
        for (const file of locked) chmodSync(workplace.at(file), 0);
        const { code, stderr } = workplace.tsocksify(args, options);
        for (const file of locked) chmodSync(workplace.at(file), 0o644);
        assert.match(stderr.trimEnd(), says);
        assert.equal(stderr.trimEnd().split("\n").length, 1);
        assert.equal(code, 2);
        assert.deepEqual(workplace.contents(), before);
      } finally {
        workplace.remove();
      }
    });

  test("text with a NUL in it is looked at: it compiles", () => {
    const workplace = new Workplace({ "nul.ts": `${good}export const end = "\0";\n` }, "typescript");
    try {
      const { code, stdout } = workplace.tsocksify(["codemod", "--check"]);
      assert.deepEqual({ code, stdout }, { code: 1, stdout: "nul.ts\n" });
    } finally {
      workplace.remove();
    }
  });

  describe("a binary file with a source file's name", () => {
    let workplace: Workplace;
    before(() => {
      // The first packet of an MPEG transport stream: its table of programs, and stuffing.
      const table = [0x47, 0x40, 0, 0x10, 0, 0, 0xb0, 0x0d, 0, 1, 0xc1, 0, 0, 0, 1, 0xf0, 0];
      const video = Buffer.concat([Buffer.from(table), Buffer.from("connect"), Buffer.alloc(164, 0xff)]);
      workplace = new Workplace({ "good.ts": good, "video.ts": video }, "typescript");
    });
    after(() => workplace.remove());

    test("is passed over beside others, and told", () => {
      for (const command of ["lint", "codemod"]) {
        const { code, stderr } = workplace.tsocksify([command]);
        assert.equal(code, 0);
        assert.match(stderr, /^Passed over a binary file: video\.ts\.\n/);
      }
    });
  });

  test(
    "a disk that is full, where the output goes, is no finding",
    { skip: !existsSync("/dev/full") },
    () => {
      const workplace = new Workplace({ "good.ts": good });
      try {
        const shell = `exec ${JSON.stringify(process.execPath)} ${JSON.stringify(workplace.program)} "$@" > /dev/full`;
        const { code, stderr } = workplace.run("sh", ["-c", shell, "sh", "lint", "--reporter", "json"]);
        assert.equal(stderr, "tsocksify: standard output: no space left on device (ENOSPC, write)\n");
        assert.equal(code, 2);
      } finally {
        workplace.remove();
      }
    },
  );

  test("a reader that goes away changes no exit code", { skip: process.platform === "win32" }, () => {
    const bad = 'import dgram from "dgram";\ndgram.createSocket("udp4");\n';
    const many = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`${index}.ts`, bad]));
    const workplace = new Workplace(many);
    try {
      for (const [args, expected] of [
        [["lint", "--reporter", "json"], 1],
        [["lint", "nowhere"], 2],
      ] as const) {
        const shell = `{ ${JSON.stringify(process.execPath)} ${JSON.stringify(workplace.program)} "$@" 2>&1; echo $? > code; } | true`;
        workplace.run("sh", ["-c", shell, "sh", ...args]);
        assert.equal(workplace.read("code"), `${expected}\n`);
      }
    } finally {
      workplace.remove();
    }
  });
});
