import assert from "node:assert/strict";
import { symlinkSync } from "node:fs";
import { describe, test } from "node:test";
import { compilers, Site } from "./site.js";

const compilerOptions = {
  target: "es2022",
  module: "nodenext",
  types: ["node"],
  skipLibCheck: true,
  rootDir: "..",
  outDir: "dist",
};
const files = {
  "package.json": '{ "workspaces": ["packages/*"] }',
  "packages/lib/package.json": '{ "name": "@my/lib", "main": "dist/net.js", "types": "src/net.ts" }',
  "packages/lib/src/net.ts":
    'import net from "node:net";\nexport const open = (port: number) => net.connect(port);\n',
  "packages/app/package.json": '{ "name": "app" }',
  "packages/app/src/main.ts": 'import { open } from "@my/lib";\nopen(1).connect(2);\n',
};

for (const compiler of compilers)
  describe(`tsocksify build in a workspace, beside ${compiler}`, () => {
    for (const [what, include] of [
      ["rewrites sources that a link in node_modules leads to where they are listed", ["src", "../lib/src"]],
      ["leaves alone what only a link leads to, which tsc emits nothing of", ["src"]],
    ] as const)
      test(what, () => {
        const site = new Site(compiler, {
          ...files,
          "packages/app/tsconfig.json": JSON.stringify({ compilerOptions, include }),
        });
        try {
          site.write("node_modules/@my/README", "");
          symlinkSync(site.at("packages/lib"), site.at("node_modules/@my/lib"), "junction");
          const stock = site.tsc("-p", "packages/app");
          const expected = site.tree("packages/app/dist");
          site.removeFolder("packages/app/dist");
          assert.deepEqual(site.build("-p", "packages/app"), stock);
          const built = site.tree("packages/app/dist");
          assert.deepEqual([...built.keys()], [...expected.keys()]);
          for (const [name, text] of built) assert.match(text, /Rconnect\)?\(/, name);
          assert.deepEqual(site.litter(), []);
        } finally {
          site.remove();
        }
      });
  });
