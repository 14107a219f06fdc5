import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { compilers, Site, type CompilerName } from "./site.js";

const compilerOptions = {
  target: "es2022",
  module: "nodenext",
  strict: true,
  rootDir: "src",
  outDir: "dist",
  declaration: true,
  sourceMap: true,
  types: ["node"],
  skipLibCheck: true,
  noUnusedLocals: true,
};
const tsconfig = JSON.stringify({ compilerOptions, include: ["src"] });

/** Type errors of its own, between, before and after what gets rewritten on the same line. */
const faulty = `import net, { connect } from "node:net";

/** é𝒳 */ export const first = connect(80);
const n: number = "x"; first.connect("a", "b", { c: 1 });
export class Client extends net.Socket {
  /** é𝒳 */ go(peer: net.Socket) { peer.connect(80, "h").on("x", () => {}); return 1 + peer; }
}
export const wrong: string = new Client().nope;
`;

const datagrams = `import { createSocket } from "node:dgram";
export const socket = createSocket("udp4");
`;

const clean = `import { connect } from "node:net";
import * as tls from "node:tls";
export const open = (port: number) => connect(port);
export const secure = () => tls.connect(443).setNoDelay(true);
`;

const argumentLists = [
  ["-p", "."],
  ["-p", "tsconfig.json", "--pretty"],
  ["--pretty", "--locale", "ja"],
  ["--noEmit"],
  ["--noEmitOnError"],
  ["--noCheck"],
  ["--declaration", "false"],
  ["--bogus"],
  ["-p", "nowhere"],
];

function withSite(compiler: CompilerName, files: Record<string, string>, use: (site: Site) => void): void {
  const site = new Site(compiler, { "tsconfig.json": tsconfig, "package.json": "{}", ...files });
  try {
    use(site);
  } finally {
    site.remove();
  }
}

for (const compiler of compilers)
  describe(`what tsocksify build says beside ${compiler}`, () => {
    test("type errors are told as tsc tells them, at the user's own places, with its exit codes", () =>
      withSite(compiler, { "src/a.ts": faulty }, (site) => {
        for (const args of argumentLists) {
          const built = site.build(...args);
          const isEmitted = site.has("dist/a.js");
          site.write("dist/a.js", "");
          assert.deepEqual(built, site.tsc(...args), args.join(" "));
          if (args.includes("--noEmitOnError") || args.includes("--noEmit"))
            assert.equal(isEmitted, false, args.join(" "));
          assert.deepEqual(site.litter(), []);
          site.removeFolder("dist");
        }
      }));

    test("what is wrong with a tsconfig.json is told at its place in there", () =>
      withSite(compiler, { "src/a.ts": clean }, (site) => {
        const unknown = { ...compilerOptions, bogus: true };
        site.write("tsconfig.json", JSON.stringify({ compilerOptions: unknown, include: ["src"] }));
        for (const args of [[], ["--pretty"], ["--noEmit"]])
          assert.deepEqual(site.build(...args), site.tsc(...args), args.join(" "));
        site.build();
        assert.match(
          site.read("dist/a.js"),
          /Rconnect[\s\S]*Rtls\.connect/,
          "emitted as tsc emits, and rewritten",
        );
      }));

    test("why a file is in the program is explained in tsc's words", () =>
      withSite(compiler, { "src/a.ts": clean }, (site) => {
        assert.deepEqual(site.build("--explainFiles"), site.tsc("--explainFiles"));
        site.build("--explainFiles");
        assert.match(site.read("dist/a.js"), /Rconnect[\s\S]*Rtls\.connect/);
      }));

    test("a finding at error level is told in tsc's format and fails the build", () =>
      withSite(compiler, { "src/udp.ts": datagrams }, (site) => {
        const finding = /^src\/udp\.ts\(2,23\): error SOCKS1001: 'createSocket' uses datagrams .*\n$/;
        const built = site.build();
        assert.match(built.output, finding);
        assert.equal(built.code, 2);
        assert.ok(site.has("dist/udp.js"));
        site.removeFolder("dist");
        const refused = site.build("--noEmitOnError");
        assert.match(refused.output, finding);
        assert.equal(refused.code, 1);
        assert.ok(!site.has("dist/udp.js"), "noEmitOnError: nothing is emitted");
        assert.match(site.build("--pretty").output, /udp\.ts.*:.*2.*:.*23.* - .*error.* SOCKS1001: /);
      }));

    test("an import that only rewritten calls use is not reported as unused", () =>
      withSite(compiler, { "src/a.ts": clean }, (site) => {
        assert.deepEqual(site.build(), { code: 0, output: "" });
        assert.match(site.read("dist/a.js"), /Rconnect[\s\S]*Rtls\.connect/);
      }));

    test("the rewritten calls are type-checked against the runtime that is installed", () =>
      withSite(compiler, { "src/a.ts": clean }, (site) => {
        site.removeFolder("node_modules/@tsocksify/runtime");
        const missing = /^src\/a\.ts\(2,\d+\): error TS2307: Cannot find module '@tsocksify\/runtime'.*\n$/;
        const without = site.build("--noEmit");
        assert.match(without.output, missing);
        assert.notEqual(without.code, 0);

        const types =
          "export function Rconnect(path: string): void; export const Rtls: typeof import('node:tls');";
        site.write("node_modules/@tsocksify/runtime/index.d.ts", types);
        site.write("node_modules/@tsocksify/runtime/package.json", '{ "types": "index.d.ts" }');
        const built = site.build("--noEmit");
        assert.match(built.output, /^src\/a\.ts\(3,47\): error TS2345: Argument of type 'number' .*\n$/);
        assert.notEqual(built.code, 0);
      }));
  });
