import assert from "node:assert/strict";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, test } from "node:test";
import { compilers, Site } from "./site.js";

const tsconfig = JSON.stringify({
  compilerOptions: {
    target: "es2022",
    module: "nodenext",
    rootDir: "src",
    outDir: "dist",
    types: ["node"],
    skipLibCheck: true,
  },
  include: ["src"],
});

/** Asks again and again, for a minute and a half. */
async function until(what: string, isSo: () => boolean): Promise<void> {
  for (let tries = 0; tries < 900; tries++) {
    if (isSo()) return;
    await sleep(100);
  }
  assert.fail(`never happened: ${what}`);
}

for (const compiler of compilers)
  describe(`tsocksify build --watch beside ${compiler}`, () => {
    test("a file that begins to touch sockets is rewritten when it is saved, one that is added too", () =>
      watching(compiler, async (site, said) => {
        await until("the first compilation", () => said().includes("Watching for file changes"));
        await until("a.js is emitted", () => isEmitted(site, "a.js", /a = 1/));
        site.write("src/a.ts", 'import net from "net";\nexport const a = net.connect(1);\n');
        await until(`a.js is rewritten: ${said()}`, () => isEmitted(site, "a.js", /Rconnect\)?\(1\)/));
        site.write("src/b.ts", 'import { a } from "./a.js";\na.connect(2);\n');
        await until(`b.js is emitted: ${said()}`, () => isEmitted(site, "b.js", /Rconnect\)?\(.*a, 2\)/));
      }));

    // Up to 6, watching is the compiler's own, which begins to watch a file when it has read it: what is saved in between is lost.
    if (compiler.startsWith("typescript-7"))
      test("a file that is saved while the first compilation is under way is compiled again", () =>
        watching(compiler, async (site, said) => {
          await until("the first compilation begins", () => said().includes("Starting compilation"));
          site.write("src/a.ts", "export const a = 2;\n");
          await until(`a.js is emitted anew: ${said()}`, () => isEmitted(site, "a.js", /a = 2/));
        }));

    test("under noEmitOnError everything comes when the finding is mended, of files that were saved meanwhile, too", () =>
      watching(
        compiler,
        async (site, said) => {
          const told = async (what: RegExp, change: () => void): Promise<void> => {
            const before = said().length;
            change();
            await until(`${what}: ${said()}`, () => what.test(said().slice(before)));
          };
          await told(/SOCKS1001/, () => undefined);
          assert.ok(!site.has("dist"));
          await told(/SOCKS1001/, () => site.write("src/net.ts", dial(2)));
          assert.ok(!site.has("dist"));
          site.write("src/udp.ts", "export {};\n");
          await until(`net.js is emitted: ${said()}`, () => isEmitted(site, "net.js", /Rconnect\)?\(2\)/));
          await until(`a.js is emitted: ${said()}`, () => isEmitted(site, "a.js", /a = 1/));
        },
        {
          "tsconfig.json": tsconfig.replace('"outDir"', '"noEmitOnError":true,"outDir"'),
          "src/net.ts": dial(1),
          "src/udp.ts": 'import { createSocket } from "dgram";\ncreateSocket("udp4");\n',
        },
      ));

    test("it compiles again when folders, data, declarations of packages and configurations change", () =>
      watching(
        compiler,
        async (site, said) => {
          const emitted = (name: string, text: RegExp): Promise<void> =>
            until(`${name} is ${text}:\n${said()}`, () => isEmitted(site, name, text));
          const told = async (text: RegExp, change: () => void): Promise<void> => {
            const before = said().length;
            change();
            await until(`${text}:\n${said()}`, () => text.test(said().slice(before)));
          };
          await emitted("net.js", /Rconnect\)?\(1\)/);
          site.write("src/a/b/new.ts", dial(2));
          await emitted("a/b/new.js", /Rconnect\)?\(2\)/);
          site.write("src/a/b/new.ts", dial(3));
          await emitted("a/b/new.js", /Rconnect\)?\(3\)/);
          await told(/TS2322/, () => site.write("src/wrong.ts", "export const n: number = '';\n"));
          await told(/Found 0 errors/, () => rmSync(site.at("src/wrong.ts")));
          await told(/TS2322/, () => site.write("src/data.json", '{ "n": "" }'));
          await told(/Found 0 errors/, () => site.write("src/data.json", '{ "n": 2 }'));
          const declarations = "node_modules/dep/index.d.ts";
          await told(/TS2322/, () => site.write(declarations, "export const dep: string;\n"));
          await told(/Found 0 errors/, () => site.write(declarations, "export const dep: number;\n"));
          site.write("base.json", base({ removeComments: true }));
          await emitted("net.js", /^(?![\s\S]*a comment)[\s\S]*Rconnect/);
          if (!compiler.startsWith("typescript-7")) return;
          site.write("package.json", '{ "type": "module" }');
          await emitted("net.js", /^import .*@tsocksify\/runtime/m);
        },
        {
          "base.json": base({}),
          "tsconfig.json": '{ "extends": "./base.json", "include": ["src"] }',
          ...more,
        },
      ));
  });

const base = (compilerOptions: object): string =>
  JSON.stringify({
    compilerOptions: {
      target: "es2022",
      module: "nodenext",
      rootDir: "src",
      outDir: "dist",
      types: ["node"],
      skipLibCheck: true,
      esModuleInterop: true,
      resolveJsonModule: true,
      ...compilerOptions,
    },
  });

const dial = (port: number): string => `import net from "net";\n// a comment\nnet.connect(${port});\n`;

const more = {
  "src/net.ts": dial(1),
  "src/data.json": '{ "n": 1 }',
  "src/data-user.cts": 'import data = require("./data.json");\nexport const a: number = data.n;\n',
  "src/dep-user.ts": 'import { dep } from "dep";\nexport const a: number = dep;\n',
  "node_modules/dep/package.json": '{ "types": "index.d.ts" }',
  "node_modules/dep/index.d.ts": "export const dep: number;\n",
};

function isEmitted(site: Site, name: string, text: RegExp): boolean {
  return site.has(`dist/${name}`) && text.test(site.read(`dist/${name}`));
}

async function watching(
  compiler: (typeof compilers)[number],
  use: (site: Site, said: () => string) => Promise<void>,
  files: Readonly<Record<string, string>> = {},
): Promise<void> {
  const site = new Site(compiler, {
    "package.json": "{}",
    "tsconfig.json": tsconfig,
    "src/a.ts": "export const a = 1;\n",
    ...files,
  });
  const child = site.start("--watch");
  let output = "";
  child.stdout.on("data", (chunk) => (output += String(chunk)));
  child.stderr.on("data", (chunk) => (output += String(chunk)));
  try {
    await use(site, () => output);
  } finally {
    const exit = once(child, "exit");
    child.kill();
    if (child.exitCode === null) await exit;
    site.remove();
  }
}
