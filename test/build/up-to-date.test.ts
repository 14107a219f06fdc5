import assert from "node:assert/strict";
import { rmSync, statSync } from "node:fs";
import { describe, test } from "node:test";
import { compilers, Site, type CompilerName, type Ended } from "./site.js";

const compilerOptions = {
  target: "es2022",
  module: "nodenext",
  types: ["node"],
  skipLibCheck: true,
  strict: true,
};
const dials = 'import net from "node:net";\nexport const open = (port: number) => net.connect(port);\n';

const single = {
  "package.json": "{}",
  "tsconfig.json": JSON.stringify({
    compilerOptions: { ...compilerOptions, rootDir: "src", outDir: "dist", incremental: true },
    include: ["src"],
  }),
  "src/a.ts": dials,
  "src/b.ts": "export const b = 1;\n",
};

const socket = 'import net from "node:net";\nexport const it = new net.Socket();\n';

/** Under `isolatedModules` the compiler takes a file for unchanged whatever becomes of what it imports. */
const retyped = {
  ...single,
  "tsconfig.json": single["tsconfig.json"].replace('"strict"', '"isolatedModules":true,"strict"'),
  "src/it.ts": "export const it = { connect: (port: number) => port };\n",
  "src/user.ts": 'import { it } from "./it.js";\nit.connect(80);\n',
  "src/dep-user.ts": 'import { dep } from "dep";\ndep.connect(80);\n',
  "src/any.ts": "export const open = (x: any) => x.connect(1);\n",
  "node_modules/dep/package.json": '{ "types": "index.d.ts" }',
  "node_modules/dep/index.d.ts": "export const dep: { connect(port: number): number };\n",
};

const composite = { ...compilerOptions, composite: true };
const solution = {
  "package.json": "{}",
  "lib/tsconfig.json": JSON.stringify({ compilerOptions: { ...composite, outDir: "../out/lib" } }),
  "app/tsconfig.json": JSON.stringify({
    compilerOptions: { ...composite, outDir: "../out/app" },
    references: [{ path: "../lib" }],
  }),
  "lib/net.ts": dials,
  "app/main.ts": 'import { open } from "../lib/net.js";\nopen(1).connect(2);\n',
};

const clean = { code: 0, output: "" };
const rewritten = /Rconnect\)?\(port\)/;

function withSite(
  compiler: CompilerName,
  files: Readonly<Record<string, string>>,
  use: (site: Site) => void,
): void {
  const site = new Site(compiler, files);
  try {
    use(site);
  } finally {
    site.remove();
  }
}

const timeOf = (site: Site, path: string): number => statSync(site.at(path)).mtimeMs;

for (const compiler of compilers)
  describe(`what an earlier tsocksify build beside ${compiler} left behind`, () => {
    test("is not made again where nothing has changed, and is where something has", () =>
      withSite(compiler, single, (site) => {
        assert.deepEqual(site.build(), clean);
        assert.ok(site.has("tsconfig.tsbuildinfo"), "where tsc has it");
        const first = timeOf(site, "dist/a.js");
        assert.deepEqual(site.build(), clean);
        assert.equal(timeOf(site, "dist/a.js"), first, "a second run writes nothing");

        site.write("src/a.ts", dials.replace("(port)", "(port).unref()"));
        assert.deepEqual(site.build(), clean);
        assert.match(site.read("dist/a.js"), /Rconnect\)?\(port\)\.unref/, "a source has changed");
        site.write("src/c.ts", dials);
        assert.deepEqual(site.build(), clean);
        assert.match(site.read("dist/c.js"), rewritten, "a source has come");
        assert.deepEqual(site.build("--removeComments", "--outDir", "other"), clean);
        assert.match(site.read("other/c.js"), rewritten, "an option has changed");
      }));

    test("is made again where something else has written or removed it", () =>
      withSite(compiler, single, (site) => {
        assert.deepEqual(site.build(), clean);
        assert.deepEqual(site.tsc("--incremental", "false"), clean);
        assert.match(site.read("dist/a.js"), /net_?\w*\.(?:default\.)?connect\(port\)/, "it dials directly");
        assert.deepEqual(site.build(), clean);
        assert.match(site.read("dist/a.js"), rewritten);
        rmSync(site.at("dist/a.js"));
        assert.deepEqual(site.build(), clean);
        assert.match(site.read("dist/a.js"), rewritten);
      }));

    test("tells its errors again, and what it emitted in spite of them does not count", () =>
      withSite(compiler, single, (site) => {
        assert.deepEqual(site.build(), clean);
        const datagrams = 'import { createSocket } from "node:dgram";\ncreateSocket("udp4");\n';
        site.write("src/a.ts", datagrams);
        const failed = site.build();
        assert.match(failed.output, /SOCKS1001/);
        assert.deepEqual(site.build(), failed);
        site.write("src/a.ts", dials);
        assert.deepEqual(site.build(), clean);
        assert.match(site.read("dist/a.js"), rewritten);
      }));

    test("is made again where types or our own options have changed, though the compiler takes a file for unchanged", () =>
      withSite(compiler, retyped, (site) => {
        const dialled = (): string => site.read("dist/user.js");
        const build = (): void => assert.equal(site.build().code, 0);
        build();
        assert.match(dialled(), /it\.connect\(80\)/);
        site.write("src/it.ts", socket);
        build();
        assert.match(dialled(), /Rconnect\)?\(.*it, 80\)/, "a file that it imports");
        site.write("src/it.ts", retyped["src/it.ts"]);
        build();
        assert.match(dialled(), /it\.connect\(80\)/);
        site.write("node_modules/dep/index.d.ts", 'import net from "net"; export const dep: net.Socket;\n');
        build();
        assert.match(site.read("dist/dep-user.js"), /Rconnect\)?\(.*dep, 80\)/, "a package");
        site.write("tsocksify.config.json", '{ "any": "dispatch" }');
        build();
        assert.match(site.read("dist/any.js"), /Rdispatch\)?\(x\)/, "the configuration");
        site.write(
          "tsconfig.json",
          retyped["tsconfig.json"].replace(
            '"strict"',
            '"plugins":[{"transform":"tsocksify/transformer","any":"ignore"}],"strict"',
          ),
        );
        build();
        assert.match(site.read("dist/any.js"), /x\.connect\(1\)/, "the plugin's entry");
      }));

    test("-b compiles what has changed and what depends on that, and says why", () =>
      withSite(compiler, solution, (site) => {
        const build = (...args: string[]): string => {
          const { code, output } = site.build("-b", "app", "--verbose", ...args);
          assert.equal(code, 0, output);
          return output.replace(/^.* [AP]M - /gm, "");
        };
        const dry = build("--dry");
        assert.match(dry, /A non-dry build would build project '.*lib\/tsconfig.json'/);
        assert.ok(!site.has("out"), "--dry: nothing is written");
        const first = build();
        assert.match(
          first,
          /Projects in this build: \r?\n {4}\* lib\/tsconfig.json\r?\n {4}\* app\/tsconfig/,
        );
        assert.match(
          first,
          /Project 'lib\/tsconfig.json' is out of date because output file .* does not exist/,
        );
        assert.match(first, /Building project '.*app\/tsconfig.json'\.\.\./);
        const second = build();
        assert.match(
          second,
          /Project 'app\/tsconfig.json' is up to date because newest input 'app\/main.ts' is older than output/,
        );
        assert.doesNotMatch(second, /Building/);
        assert.match(build("--dry"), /Project '.*app\/tsconfig.json' is up to date/);
        assert.match(build("--force"), /lib\/tsconfig.json' is being forcibly rebuilt/);

        site.write("lib/net.ts", dials.replace("(port)", "(port).unref()"));
        const third = build();
        assert.match(third, /Building project '.*lib\/tsconfig.json'/);
        // Its declarations stay what they were: what references it need not be compiled. 7.0 reads its sources.
        if (compiler !== "typescript-7.0")
          assert.doesNotMatch(third, /Building project '.*app\/tsconfig.json'/);
        assert.match(site.read("out/lib/net.js"), /Rconnect\)?\(port\)\.unref/);
        site.write("lib/net.ts", dials.replace("(port: number)", "(port: number, host?: string)"));
        assert.match(build(), /Building project '.*app\/tsconfig.json'/);
        assert.match(site.read("out/app/main.js"), /Rconnect/);
        assert.equal(site.build("-b", "app", "--clean").code, 0);
        assert.ok(!site.has("out/lib/net.js") && !site.has("out/app/main.js"), "--clean: nothing is left");
      }));
  });

describe("a command line of -b that tsc refuses", () => {
  for (const compiler of ["typescript-7.0", "typescript-7.1"] as const)
    test(`is refused in its words beside ${compiler}`, () =>
      withSite(compiler, solution, (site) => {
        site.write("lib/tsconfig.json", JSON.stringify({ references: [{ path: "../app" }] }));
        for (const args of [
          ["-b", "app"],
          ["-b", "nowhere"],
          ["-b", "app", "--noEmitOnError"],
        ])
          assert.deepEqual(site.build(...args), site.tsc(...args), args.join(" "));
      }));
});

const withError = {
  "package.json": "{}",
  "lib/tsconfig.json": JSON.stringify({ compilerOptions: composite }),
  "lib/wrong.ts": "export const n: number = '';\n",
  "mid/tsconfig.json": JSON.stringify({ compilerOptions: composite, references: [{ path: "../lib" }] }),
  "mid/mid.ts": "export {};\n",
  "app/tsconfig.json": JSON.stringify({
    compilerOptions: composite,
    references: [{ path: "../mid/tsconfig.json" }],
  }),
  "app/app.ts": "export {};\n",
  "tsconfig.json": JSON.stringify({ files: [], references: [{ path: "app" }] }),
};

describe("-b --stopBuildOnErrors", () => {
  for (const compiler of ["typescript-7.0", "typescript-7.1"] as const)
    test(`says what it leaves out as tsc does beside ${compiler}`, () =>
      withSite(compiler, withError, (site) => {
        const args = ["-b", "--stopBuildOnErrors", "--verbose"];
        const said = ({ code, output }: Ended): Ended => ({
          code,
          output: output.replace(/^.* [AP]M - /gm, "").replaceAll("\r\n", "\n"),
        });
        const built = said(site.build(...args));
        site.tsc("-b", "--clean");
        assert.deepEqual(built, said(site.tsc(...args)));
        assert.match(built.output, /'app\/tsconfig.json' because its dependency .* was not built/);
      }));
});
