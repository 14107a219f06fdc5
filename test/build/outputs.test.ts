import assert from "node:assert/strict";
import { once } from "node:events";
import { chmodSync, linkSync, lstatSync, mkdirSync, readdirSync, statSync, symlinkSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, test } from "node:test";
import { compilers, Site, type CompilerName } from "./site.js";

const compilerOptions = {
  target: "es2022",
  module: "nodenext",
  types: ["node"],
  skipLibCheck: true,
  strict: true,
  rootDir: "src",
};
const clean = { code: 0, output: "" };
const dials = 'import net from "node:net";\nexport const open = (port: number) => net.connect(port);\n';
const rewritten = /Rconnect\)?\(port\)/;

/** Files of a project: its options, and its sources. */
const project = (options: object, sources: Readonly<Record<string, string>>, manifest = {}) => ({
  "package.json": JSON.stringify(manifest),
  "tsconfig.json": JSON.stringify({ compilerOptions: { ...compilerOptions, ...options }, include: ["src"] }),
  ...sources,
});

/** What can stand in an output's way. */
const obstacles: readonly (readonly [string, (site: Site) => void])[] = [
  ["a folder has its name", (site) => mkdirSync(site.at("out/dist/a.js"), { recursive: true })],
  ["a link of its name leads nowhere", (site) => link(site, "out/dist/a.js")],
  ["a file has its folder's name", (site) => site.write("out/dist/sub", "")],
  ["a link of its folder's name leads nowhere", (site) => link(site, "out/dist/sub")],
  ["a file has the name of outDir", (site) => site.write("out/dist", "")],
  ["a file has the name of the folder above outDir", (site) => site.write("out", "")],
];

function link(site: Site, path: string): void {
  mkdirSync(dirname(site.at(path)), { recursive: true });
  symlinkSync("nowhere/any", site.at(path));
}

async function withSite(
  compiler: CompilerName,
  files: Readonly<Record<string, string>>,
  use: (site: Site) => Promise<void> | void,
): Promise<void> {
  const site = new Site(compiler, files);
  try {
    await use(site);
    assert.deepEqual(site.litter(), []);
  } finally {
    site.remove();
  }
}

for (const compiler of compilers)
  describe(`what tsocksify build beside ${compiler} writes`, () => {
    test("stands where tsc has it, in folders that were not there before, maps and declarations as tsc's", () =>
      withSite(
        compiler,
        project(
          { outDir: "out/code", declaration: true, declarationDir: "out/types", sourceMap: true },
          { "src/a/b.ts": dials, "src/c.ts": 'export * from "./a/b.js";\n' },
        ),
        (site) => {
          assert.deepEqual(site.tsc(), clean);
          const stock = site.tree("out");
          site.removeFolder("out");
          assert.deepEqual(site.build(), clean);
          const built = site.tree("out");
          assert.deepEqual([...built.keys()], [...stock.keys()]);
          for (const [path, text] of built)
            if (path.endsWith("a/b.js")) assert.match(text, rewritten);
            else if (!path.endsWith("a/b.js.map")) assert.equal(text, stock.get(path), path);
        },
      ));

    test("has the modes that tsc gives it, folders as well as files", () =>
      withSite(compiler, project({ outDir: "dist" }, { "src/a/b.ts": dials, "src/c.ts": dials }), (site) => {
        const modes = (): Map<string, number> =>
          new Map(
            [
              "dist",
              ...readdirSync(site.at("dist"), { recursive: true, encoding: "utf8" }).map(
                (path) => `dist/${path}`,
              ),
            ]
              .sort()
              .map((path) => [path, statSync(site.at(path)).mode]),
          );
        assert.deepEqual(site.tsc(), clean);
        const stock = modes();
        site.removeFolder("dist");
        assert.deepEqual(site.build(), clean);
        assert.deepEqual(modes(), stock);
      }));

    test("stands where tsc has it, when declarations go to a folder around that of JavaScript, too", () =>
      withSite(
        compiler,
        project({ outDir: "out/code", declaration: true, declarationDir: "out" }, { "src/a.ts": dials }),
        (site) => {
          for (const round of ["the first time", "again"]) {
            assert.deepEqual(site.build(), clean, round);
            assert.deepEqual([...site.tree("out").keys()], ["a.d.ts", "code/a.js"], round);
            assert.match(site.read("out/code/a.js"), rewritten, round);
          }
        },
      ));

    test("keeps the modes and the links of what was there, and leaves what is not its own", () => {
      const sources = { "src/a.ts": dials, "src/b.ts": dials, "src/c.ts": dials };
      return withSite(compiler, project({ outDir: "dist" }, sources), (site) => {
        site.write("elsewhere.js", "");
        mkdirSync(site.at("dist"));
        site.write("dist/other.js", "other");
        site.write("dist/a.js", "");
        chmodSync(site.at("dist/a.js"), 0o755);
        symlinkSync(site.at("elsewhere.js"), site.at("dist/b.js"));
        site.write("dist/c.js", "");
        linkSync(site.at("dist/c.js"), site.at("second.js"));
        assert.deepEqual(site.build(), clean);
        assert.equal(statSync(site.at("dist/a.js")).mode & 0o777, 0o755);
        assert.ok(lstatSync(site.at("dist/b.js")).isSymbolicLink());
        assert.equal(statSync(site.at("dist/c.js")).ino, statSync(site.at("second.js")).ino);
        for (const path of ["dist/a.js", "elsewhere.js", "second.js"])
          assert.match(site.read(path), rewritten);
        assert.equal(site.read("dist/other.js"), "other");
      });
    });

    test("takes the place of what was there", () =>
      withSite(compiler, project({ outDir: "dist" }, { "src/a.ts": dials, "src/b.ts": "" }), (site) => {
        assert.deepEqual(site.build(), clean);
        const first = site.tree("dist");
        for (const path of ["dist/a.js", "dist/b.js"]) site.write(path, "before");
        assert.deepEqual(site.build(), clean);
        assert.deepEqual(site.tree("dist"), first);
      }));

    for (const [obstacle, put] of obstacles)
      test(`is told to have no place where ${obstacle}; everything else has its own`, () => {
        const sources = {
          "src/a.ts": dials,
          "src/sub/b.ts": dials,
          "src/sub/c.ts": "export {};\n",
          "src/z.ts": dials,
        };
        return withSite(compiler, project({ outDir: "out/dist", skipLibCheck: true }, sources), (site) => {
          const [theirs, ours] = [() => site.tsc(), () => site.build()].map((compile) => {
            site.removeFolder("out");
            put(site);
            const { code, output } = compile();
            // Why, each says in the words of its own system calls.
            const told = output.split("\n").map((line) => line.replace(/(?<=': ).*/, ""));
            const files = site.has("out/dist") ? [...site.tree("out").keys()] : [];
            return { code, told, files };
          });
          assert.match(ours!.told.join(), /TS5033/);
          assert.deepEqual(ours, theirs);
        });
      });

    test("is nothing, where noEmitOnError is set and a finding is an error", () =>
      withSite(
        compiler,
        project(
          { outDir: "dist/code", noEmitOnError: true },
          {
            "src/a.ts": dials,
            "src/udp.ts": 'import { createSocket } from "dgram";\ncreateSocket("udp4");\n',
          },
        ),
        (site) => {
          const { code, output } = site.build();
          assert.match(output, /^src\/udp\.ts\(2,1\): error SOCKS1001: .*\n$/);
          assert.equal(code, 1);
          assert.equal(site.has("dist"), false);
        },
      ));

    test("is told by --listEmittedFiles and --listFiles as tsc tells it", () =>
      withSite(compiler, project({ outDir: "dist" }, { "src/a.ts": dials }), (site) => {
        const lines = ({ output }: { output: string }): string[] =>
          output
            .split("\n")
            .filter((line) => !line.includes("node_modules"))
            .sort();
        const args = ["--listEmittedFiles", "--listFiles"];
        const told = lines(site.tsc(...args));
        assert.deepEqual(lines(site.build(...args)), told);
        assert.match(site.read("dist/a.js"), rewritten);
      }));

    test("is rewritten where a package leads to its own outputs, which tsc takes for their sources", () =>
      withSite(
        compiler,
        project(
          { outDir: "dist" },
          { "src/a.ts": dials, "src/b.ts": 'import { open } from "#a";\nopen(1).connect(2);\n' },
          { name: "own", type: "module", imports: { "#a": "./dist/a.js" } },
        ),
        (site) => {
          for (const round of ["the first time", "again"]) {
            assert.deepEqual(site.build(), clean, round);
            assert.match(site.read("dist/a.js"), rewritten);
            assert.match(site.read("dist/b.js"), /Rconnect\)?\(/);
          }
        },
      ));

    test("is no source of the next build, where the tsconfig.json leaves it to tsc which files are", () =>
      withSite(
        compiler,
        {
          "package.json": "{}",
          "tsconfig.json": JSON.stringify({
            compilerOptions: { ...compilerOptions, rootDir: ".", outDir: "dist", declaration: true },
          }),
          "a.ts": dials,
        },
        (site) => {
          for (const round of ["the first time", "again"]) {
            assert.deepEqual(site.build(), clean, round);
            assert.deepEqual([...site.tree("dist").keys()], ["a.d.ts", "a.js"], round);
            assert.match(site.read("dist/a.js"), rewritten);
          }
          const files = site.build("--listFiles").output.split("\n");
          assert.deepEqual(
            files.filter((file) => !file.includes("node_modules")),
            [site.at("a.ts"), ""],
          );
        },
      ));

    test("is rewritten of UTF-16, too, whichever byte comes first", () =>
      withSite(compiler, project({ outDir: "dist" }, { "src/a.ts": "export {};\n" }), (site) => {
        const wide = Buffer.from(`\uFEFF${dials}`, "utf16le");
        site.write("src/little.ts", wide);
        site.write("src/big.ts", Buffer.from(wide).swap16());
        assert.deepEqual(site.build(), clean);
        for (const name of ["little", "big"]) assert.match(site.read(`dist/${name}.js`), rewritten);
      }));

    test("is rewritten of what the project lists or references in node_modules, or where the project itself is in there", () =>
      withSite(
        compiler,
        {
          ...project(
            { outDir: "dist", rootDir: "." },
            {
              "node_modules/own/a.ts": `/// <reference path="../other/b" />\n${dials}`,
              "node_modules/other/b.ts": `/// <reference path='c.ts' />\n${dials}`,
              "node_modules/other/c.ts": dials,
            },
          ),
          "tsconfig.json": JSON.stringify({
            compilerOptions: { ...compilerOptions, outDir: "dist", rootDir: "." },
            files: ["node_modules/own/a.ts"],
          }),
          "node_modules/project/tsconfig.json": JSON.stringify({
            compilerOptions: { ...compilerOptions, outDir: "dist" },
          }),
          "node_modules/project/src/b.ts": dials,
        },
        (site) => {
          assert.deepEqual(site.build(), clean);
          for (const name of ["own/a", "other/b", "other/c"])
            assert.match(site.read(`dist/node_modules/${name}.js`), rewritten);
          assert.deepEqual(site.build("-p", "node_modules/project"), clean);
          assert.match(site.read("node_modules/project/dist/b.js"), rewritten);
        },
      ));

    test("comes of files without a tsconfig.json, too, where the compiler can be asked about them", () =>
      withSite(compiler, { "package.json": "{}", "a.ts": dials }, (site) => {
        const ended = site.build(
          ..."a.ts --outDir dist --types node --module nodenext --target es2022".split(" "),
        );
        if (compiler === "typescript-7.0") {
          assert.match(
            ended.output,
            /^tsocksify: TypeScript 7\.0 can't be asked about files without a project: .*\n$/,
          );
          assert.equal(ended.code, 2);
          assert.equal(site.has("dist"), false);
        } else {
          assert.deepEqual(ended, clean);
          assert.match(site.read("dist/a.js"), rewritten);
        }
      }));

    test("an output that include takes for a source is told, and stays as it is", () =>
      withSite(
        compiler,
        {
          "package.json": "{}",
          "a.ts": dials,
          "j.js": "exports.x = 1;\n",
          "tsconfig.json": JSON.stringify({
            compilerOptions: { ...compilerOptions, outDir: "dist", rootDir: ".", allowJs: true },
            include: ["**/*"],
            exclude: ["node_modules"],
          }),
        },
        (site) => {
          assert.deepEqual(site.build(), clean);
          const first = site.tree("dist");
          site.write("j.js", "exports.x = 2;\n");
          const { code, output } = site.build();
          assert.notEqual(code, 0);
          for (const name of first.keys())
            assert.match(output, new RegExp(`TS5055: Cannot write file '.*/dist/${name}'`));
          for (const [name, text] of first) assert.equal(site.read(`dist/${name}`), text);
          if (compiler === "typescript-7.1") return;
          const ours = [...site.tree("dist").keys()];
          site.removeFolder("dist/dist");
          assert.deepEqual({ code, output }, site.tsc());
          assert.deepEqual(ours, [...site.tree("dist").keys()]);
        },
      ));

    test("never dials directly, whenever a source is saved while it is compiled", () =>
      withSite(compiler, project({ outDir: "dist" }, { "src/a.ts": "export {};\n" }), async (site) => {
        for (let round = 0; round < 3; round++) {
          const child = site.start();
          const exit = once(child, "exit");
          for (let turn = 0; child.exitCode === null; turn++) {
            site.write("src/a.ts", turn % 2 === 0 ? dials : "export {};\n");
            await sleep(turn < 100 ? 20 + 7 * round : 1000);
          }
          await exit;
          if (site.has("dist")) assert.doesNotMatch(site.read("dist/a.js"), /net(?:_1\.default)?\.connect/);
        }
        site.write("src/a.ts", dials);
        assert.deepEqual(site.build(), clean);
        assert.match(site.read("dist/a.js"), rewritten);
      }));
  });
