import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { compilers, Site } from "./site.js";

const config = JSON.stringify({
  compilerOptions: {
    target: "es2022",
    module: "nodenext",
    types: ["node"],
    skipLibCheck: true,
    rootDir: "src",
    outDir: "dist",
  },
  include: ["src"],
});
const dials = 'import net from "node:net";\nexport const open = (port: number) => net.connect(port);\n';
const listing = JSON.stringify({ files: [], references: [{ path: "../listed" }] });
const files = {
  "all/tsconfig.json": listing,
  "listed/tsconfig.json": config.replace("outDir", 'composite":true,"outDir'),
  "listed/src/d.ts": dials,
  "package.json": "{}",
  "tsconfig.json": config,
  "src/a.ts": dials,
  "other/tsconfig.json": config,
  "other/src/b.ts": dials,
  "plain/tsconfig.json": config,
  "plain/src/c.ts": "export const c = 1;\n",
};

/** Command lines that mean something else than they look like. */
const lines = [
  // The last one counts.
  "-p plain -p other",
  "-p other --project plain",
  // Taken back.
  "--listFilesOnly false",
  "--showConfig false",
  "--help false",
  "--init false",
  "--all null",
  "--watch false",
  "-b --clean false",
  "-b --dry false --verbose false",
  "-b --force true",
  // It lists other projects, and is none itself.
  "-b all",
  // A language, not a project.
  "-b --locale de",
  // Without what has to follow, which nothing of ours may stand in for.
  "--outDir",
  "-p plain --target",
  "-b --builders",
];

const named = (tree: ReadonlyMap<string, string>): string[] =>
  [...tree.keys()].filter((path) => !path.startsWith("node_modules"));

test("the command line of TypeScript 5.0, which its package does not export, compiles, tells errors, and rewrites", () => {
  const site = new Site("typescript-5.0", { ...files, "src/wrong.ts": "export const a: string = 1;\n" });
  try {
    const stock = site.tsc();
    assert.deepEqual(site.build(), stock);
    assert.equal(stock.code, 2);
    assert.match(site.read("dist/a.js"), /Rconnect\)?\(port\)/);
  } finally {
    site.remove();
  }
});

for (const compiler of compilers)
  describe(`a command line of tsocksify build beside ${compiler}`, () => {
    for (const line of lines)
      test(`${line}: is taken as tsc takes it`, () => {
        const [stock, ours] = [new Site(compiler, files), new Site(compiler, files)];
        try {
          const args = line.split(" ");
          assert.deepEqual(ours.build(...args), stock.tsc(...args));
          const built = ours.tree(".");
          assert.deepEqual(named(built), named(stock.tree(".")));
          for (const [path, text] of built)
            if (/^(?!node_modules).*\.js$/.test(path))
              assert.doesNotMatch(text, /\bnet(?:_1\.default)?\.connect\(/, path);
        } finally {
          stock.remove();
          ours.remove();
        }
      });
  });
