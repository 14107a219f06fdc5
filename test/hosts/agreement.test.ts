import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { ESLint, type Linter } from "eslint";
import tseslint from "typescript-eslint";
import * as tsocksify from "../../src/hosts/eslint/index.js";
import { Workplace } from "../cli/workplace.js";
import { repository } from "../support/user-folder.js";

const program = `import * as dgram from "node:dgram";
import * as net from "node:net";
import { AF_INET, connect, SOCK_DGRAM, SOCK_STREAM, socket } from "../sockets/index.js";

// tsocksify-ignore SOCKS1001 -- time, from the router
export const clock = dgram.createSocket("udp4");
export const chat = dgram.createSocket("udp4");
export const raw = socket(AF_INET, SOCK_DGRAM, 0);
export const stream = socket(AF_INET, SOCK_STREAM, 0);
connect(stream, { host: "example.org", port: 7 });
export const echo = net.connect(7, "example.org");
export const start = (thing: any): void => thing.connect(80);
`;

/** Only the option `modules` says that it matters. */
const bare = `import { connect, socket } from "../sockets/index.js";

connect(socket(2, 1, 0), { host: "example.org", port: 7 });
`;

const expected = ["src/main.ts:7:SOCKS1001", "src/main.ts:8:SOCKS1001"];

const options = { any: "ignore", modules: ["./sockets"] };
const tsconfig = (entry?: object): string =>
  JSON.stringify({
    compilerOptions: {
      strict: true,
      module: "nodenext",
      types: ["node"],
      skipLibCheck: true,
      outDir: "out",
      rootDir: ".",
      plugins: [{ transform: "tsocksify/transformer", ...entry }],
    },
    include: ["src", "sockets"],
  });

const sources = {
  "src/main.ts": program,
  "src/bare.ts": bare,
  "sockets/index.ts": `export const AF_INET = 2;
export const SOCK_STREAM = 1;
export const SOCK_DGRAM = 2;
export const socket = (domain: number, type: number, protocol: number): number => domain + type + protocol;
export const connect = (fd: number, address: { host: string; port: number }): number => fd + address.port;
`,
};

/** Where the options may stand: the same project each time. */
const places: Record<string, Readonly<Record<string, string>>> = {
  "the entry in tsconfig.json": { "tsconfig.json": tsconfig(options) },
  "tsocksify.config.json": { "tsconfig.json": tsconfig(), "tsocksify.config.json": JSON.stringify(options) },
  "tsocksify.config.ts": {
    "tsconfig.json": tsconfig(),
    "tsocksify.config.ts": `export default ${JSON.stringify(options)};\n`,
  },
  "package.json": { "tsconfig.json": tsconfig(), "package.json": JSON.stringify({ tsocksify: options }) },
};

for (const [place, configuration] of Object.entries(places))
  describe(`with options in ${place}, every host agrees`, () => {
    let workplace: Workplace;
    let written: Record<string, string>;
    before(() => {
      const files = { "package.json": "{}", ...sources, ...configuration };
      const ours = new Workplace(files, "typescript");
      assert.equal(ours.tsocksify(["codemod", "--write"]).code, 0);
      written = ours.contents();
      ours.remove();
      workplace = new Workplace(files, "typescript");
      for (const name of ["ts-patch", "@tsocksify/runtime"]) workplace.linkPackage(name);
      workplace.linkPackage("tsocksify", repository);
    });
    after(() => workplace.remove());

    const run = (script: string, ...args: readonly string[]): string => {
      const { stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
        cwd: workplace.directory,
        encoding: "utf8",
      });
      return stdout + stderr;
    };
    /** As compilers print errors: `src/main.ts(7,20): error TS91001: SOCKS1001: …`. */
    const printed = (output: string): string[] =>
      [...output.matchAll(/^(\S+)\((\d+),\d+\): error (?:TS\d+: )?(SOCKS\d+): /gm)].map(
        ([, file, line, code]) => `${file}:${line}:${code}`,
      );
    const compiled = (): string[] =>
      ["src/main.js", "src/bare.js"].map((path) => workplace.read(`out/${path}`));

    test("the codemod rewrites what the modules and Node have", () => {
      const [main, bare] = [written["src/main.ts"]!, written["src/bare.ts"]!];
      assert.match(main, /^import \{ Rconnect } from "@tsocksify\/runtime";$/m);
      assert.match(main, /^import \{ Rconnect as \w+|^import \{.*} from "@tsocksify\/runtime\/berkeley";$/m);
      assert.match(bare, /^Rconnect\(socket\(2, 1, 0\), /m);
      assert.match(main, /dgram\.createSocket\("udp4"\)/);
    });

    test("tsocksify lint", () => {
      const { stdout } = workplace.tsocksify(["lint", "--reporter", "json"]);
      const { findings } = JSON.parse(stdout) as {
        findings: { file: string; line: number; code: string; suppressed?: string }[];
      };
      const active = findings.filter(({ suppressed }) => !suppressed);
      assert.deepEqual(
        active.map(({ file, line, code }) => `${file}:${line}:${code}`),
        expected,
      );
      assert.equal(findings.length, expected.length + 1);
    });

    test("tspc and tsocksify build", () => {
      const tspc = join(repository, "node_modules/ts-patch/bin/tspc.js");
      assert.deepEqual(printed(run(tspc, "-p", ".")), expected);
      const byPlugin = compiled();
      assert.match(byPlugin.join(""), /Rconnect.*Rconnect/s);
      assert.deepEqual(printed(run(join(repository, "bin/tsocksify.js"), "build", "-p", ".")), expected);
      for (const [index, text] of compiled().entries())
        assert.equal(text.match(/Rconnect/g)?.length, byPlugin[index]!.match(/Rconnect/g)?.length, text);
    });

    test("ESLint", async () => {
      const eslint = new ESLint({
        cwd: workplace.directory,
        overrideConfigFile: true,
        fix: ({ ruleId }) => ruleId === "tsocksify/direct",
        overrideConfig: [
          {
            files: ["**/*.ts"],
            languageOptions: {
              parser: tseslint.parser as Linter.Parser,
              parserOptions: { projectService: true, tsconfigRootDir: workplace.directory },
            },
            plugins: {
              tsocksify: tsocksify as unknown as NonNullable<Linter.Config["plugins"]>[string],
            },
            rules: { "tsocksify/findings": "error", "tsocksify/direct": "error" },
          },
        ],
      });
      const results = await eslint.lintFiles(["src"]);
      const nameOf = (path: string): string => path.slice(workplace.directory.length + 1);
      const before = program.split("\n");
      assert.deepEqual(
        results.flatMap(({ filePath, output, messages }) =>
          messages.map(({ line, message }) => {
            // Lines of the fixed text, by what stands in them.
            const text = (output ?? "").split("\n")[line - 1]!;
            return `${nameOf(filePath)}:${before.indexOf(text) + 1}:${message.split(":", 1)[0]}`;
          }),
        ),
        expected,
      );
      for (const { filePath, output } of results) assert.equal(output, written[nameOf(filePath)]);
    });

    test("jscodeshift", () => {
      const runner = require.resolve("jscodeshift/bin/jscodeshift.js");
      const transform = "node_modules/tsocksify/dist/hosts/jscodeshift";
      run(runner, "--no-babel", "-t", transform, "--extensions=ts", "src");
      for (const path of Object.keys(sources)) assert.equal(workplace.read(path), written[path]);
    });
  });
