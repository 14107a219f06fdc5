import assert from "node:assert/strict";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, test } from "node:test";
import { compilers, Site } from "./site.js";

const tsconfig = JSON.stringify({
  compilerOptions: { target: "es2022", module: "nodenext", rootDir: "src", outDir: "dist", types: ["node"] },
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
        assert.ok(isEmitted(site, "a.js", /a = 1/), said());
        site.write("src/a.ts", 'import net from "net";\nexport const a = net.connect(1);\n');
        await until(`a.js is rewritten: ${said()}`, () => isEmitted(site, "a.js", /Rconnect\)?\(1\)/));
        site.write("src/b.ts", 'import { a } from "./a.js";\na.connect(2);\n');
        await until(`b.js is emitted: ${said()}`, () => isEmitted(site, "b.js", /Rconnect\)?\(.*a, 2\)/));
      }));

    test("a file that is saved while the first compilation is under way is compiled again", () =>
      watching(compiler, async (site, said) => {
        await until("the first compilation begins", () => said().includes("Starting compilation"));
        site.write("src/a.ts", "export const a = 2;\n");
        await until(`a.js is emitted anew: ${said()}`, () => isEmitted(site, "a.js", /a = 2/));
      }));
  });

function isEmitted(site: Site, name: string, text: RegExp): boolean {
  return site.has(`dist/${name}`) && text.test(site.read(`dist/${name}`));
}

async function watching(
  compiler: (typeof compilers)[number],
  use: (site: Site, said: () => string) => Promise<void>,
): Promise<void> {
  const site = new Site(compiler, {
    "package.json": "{}",
    "tsconfig.json": tsconfig,
    "src/a.ts": "export const a = 1;\n",
  });
  const child = site.start("--watch");
  let output = "";
  child.stdout.on("data", (chunk) => (output += String(chunk)));
  child.stderr.on("data", (chunk) => (output += String(chunk)));
  try {
    await use(site, () => output);
  } finally {
    child.kill();
    await once(child, "exit");
    site.remove();
  }
}
