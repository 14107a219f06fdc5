import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { compilers, Site } from "./site.js";

const compilerOptions = {
  target: "es2022",
  module: "nodenext",
  strict: true,
  rootDir: ".",
  types: ["node"],
  skipLibCheck: true,
  composite: true,
  sourceMap: true,
  declarationMap: true,
};

const files = {
  "package.json": "{}",
  "tsconfig.json": JSON.stringify({ files: [], references: [{ path: "app" }] }),
  "lib/tsconfig.json": JSON.stringify({ compilerOptions: { ...compilerOptions, outDir: "../out/lib" } }),
  "app/tsconfig.json": JSON.stringify({
    compilerOptions: { ...compilerOptions, outDir: "../out/app" },
    references: [{ path: "../lib" }],
  }),
  "lib/library.ts":
    'import net from "node:net";\nexport const open = (port: number) => net.connect(port);\nexport class Client extends net.Socket {}\n',
  "app/program.ts":
    'import { Client, open } from "../lib/library.js";\nopen(1).connect(2);\nexport const client = new Client().connect(3);\n',
};

for (const compiler of compilers)
  describe(`tsocksify build -b beside ${compiler}`, () => {
    test("projects that reference each other: types cross their borders, declarations and maps are tsc's", () => {
      const site = new Site(compiler, files);
      try {
        assert.deepEqual(site.tsc("-b"), { code: 0, output: "" });
        const stock = site.tree("out");
        assert.match(stock.get("app/program.js")!, /\.connect\(2\)/);
        // What tsc has left behind says that everything is up to date; it is not believed.
        assert.deepEqual(site.build("-b"), { code: 0, output: "" });
        const built = site.tree("out");
        assert.match(built.get("lib/library.js")!, /Rconnect\(port\)|Rconnect\)\(port\)/);
        assert.match(built.get("lib/library.js")!, /extends [\w.]*Rnet\.Socket/);
        assert.equal(built.get("app/program.js")!.match(/Rconnect\)?\(/g)?.length, 2);
        for (const [path, text] of stock) {
          if (/\.d\.ts(\.map)?$/.test(path)) assert.equal(built.get(path), text, path);
          if (!path.endsWith(".js.map")) continue;
          const sources = (json: string): unknown => (JSON.parse(json) as { sources: unknown }).sources;
          assert.deepEqual(sources(built.get(path)!), sources(text), path);
        }
        assert.deepEqual(site.build("-b"), { code: 0, output: "" }, "a second run");
        assert.equal(site.read("out/app/program.js"), built.get("app/program.js"));
        site.write("lib/library.ts", files["lib/library.ts"].replace("(port)", "(port).unref()"));
        assert.deepEqual(site.build("-b"), { code: 0, output: "" }, "a third, after a change");
        assert.match(site.read("out/lib/library.js"), /Rconnect\)?\(port\)\.unref\(\)/);
      } finally {
        site.remove();
      }
    });
  });
