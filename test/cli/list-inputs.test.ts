import assert from "node:assert/strict";
import { copyFileSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { after, before, describe, test } from "node:test";
import { Workplace } from "./workplace.js";

const files = {
  ".gitignore": "dist\nnode_modules\n",
  "package.json": '{ "type": "module" }',
  "tsconfig.json": `{ // solution and program in one
    "extends": ["./base.json", "@acme/tsconfig/strict.json"],
    "references": [{ "path": "lib" }],
    "include": ["src"]
  }`,
  "base.json": '{ "compilerOptions": { "module": "nodenext", "types": ["node"] } }',
  "lib/tsconfig.json": '{ "extends": "../base.json", "compilerOptions": { "composite": true } }',
  "lib/package.json": '{ "type": "commonjs" }',
  "lib/index.ts": 'import net = require("net");\nexport const dial = (): net.Socket => net.connect(7);\n',
  "src/a.ts": 'import { open } from "dep";\nimport "./b.js";\nopen().connect(7);\n',
  "src/b.ts": "export const nothing = 1;\n",
  "src/ambient.d.ts": 'declare module "*.txt";\n',
  "dist/a.js": 'import net from "net";\nnet.connect(7);\n',
  "tsocksify.config.json": '{ "baseline": "known.json", "projects": ["."] }',
  "known.json": '{ "version": 1, "findings": [] }',
};
const packages = {
  "node_modules/@acme/tsconfig/package.json": '{ "name": "@acme/tsconfig", "version": "1.0.0" }',
  "node_modules/@acme/tsconfig/strict.json": '{ "compilerOptions": { "strict": true } }',
  "node_modules/dep/package.json": '{ "name": "dep", "version": "1.0.0", "types": "index.d.ts" }',
  "node_modules/dep/index.d.ts": 'export function open(): import("node:net").Socket;\n',
};
/** Read by nobody, as nothing names it. */
const others = { "node_modules/dep/other.d.ts": "export {};\n", "notes.md": "# Notes\n" };

describe("--list-inputs names all that the result depends on, and nothing else", () => {
  const workplaces: Workplace[] = [];
  const at = (content: Readonly<Record<string, string>>, typescript?: string): Workplace => {
    const workplace = new Workplace(content, typescript);
    workplaces.push(workplace);
    return workplace;
  };
  after(() => workplaces.forEach((each) => each.remove()));
  const linesOf = (text: string): string[] => text.trim().split("\n");

  for (const typescript of [undefined, "typescript-5.0", "typescript", "typescript-7.0", "typescript-7.1"])
    describe(`with ${typescript ?? "no TypeScript of the project's own"}`, () => {
      let workplace: Workplace;
      let all: readonly string[];
      let inputs: readonly string[];
      before(() => {
        workplace = at({ ...files, ...packages, ...others }, typescript);
        const { code, stdout, stderr } = workplace.tsocksify(["lint", "--list-inputs"]);
        assert.deepEqual([code, stderr], [0, ""]);
        all = linesOf(stdout);
        // Beside them: Node's types and the compiler's library, which are links to another place here.
        inputs = all.filter((path) => !path.startsWith("../"));
      });

      test("sources, tsconfig files and what they extend, configuration, what decides the kind of a module", () => {
        const named = Object.keys({ ...files, ...packages }).filter((path) => path !== "dist/a.js");
        // It is looked for by walking through folders, and the configuration names a project.
        assert.deepEqual(inputs, named.filter((path) => path !== ".gitignore").sort());
      });

      test("a copy of those files alone gives the same report", () => {
        const copy = at({}, typescript);
        for (const path of inputs) {
          mkdirSync(dirname(copy.at(path)), { recursive: true });
          copyFileSync(workplace.at(path), copy.at(path));
        }
        const [there, here] = [workplace, copy].map((each) => each.tsocksify(["lint", "--reporter", "json"]));
        assert.deepEqual(here, there);
        const { tally } = JSON.parse(here!.stdout) as { tally: { rewritten: number } };
        assert.equal(tally.rewritten, 2);
      });

      test("codemod --check depends on the same, but for the baseline", () => {
        const ran = workplace.tsocksify(["codemod", "--check", "--list-inputs"]);
        assert.deepEqual(
          linesOf(ran.stdout),
          all.filter((path) => path !== "known.json"),
        );
      });
    });

  test("where folders are walked through, .gitignore is one of them", () => {
    const { "tsocksify.config.json": _, ...rest } = files;
    const workplace = at({ ...rest, ...packages }, "typescript");
    assert.ok(linesOf(workplace.tsocksify(["lint", "--list-inputs"]).stdout).includes(".gitignore"));
  });

  for (const args of [["--write"], ["--interactive"], ["--patch", "a.patch"], ["--reverse"]])
    test(`codemod ${args[0]} does more than to list them: an error`, () => {
      const workplace = at(files);
      const before = workplace.contents();
      const { code, stderr } = workplace.tsocksify(["codemod", "--list-inputs", ...args]);
      assert.deepEqual([code, stderr], [2, `tsocksify: ${args[0]} and --list-inputs exclude each other\n`]);
      assert.deepEqual(workplace.contents(), before);
    });
});
