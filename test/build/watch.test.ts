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
    test("a file that begins to touch sockets is rewritten when it is saved, one that is added too", async () => {
      const site = new Site(compiler, {
        "package.json": "{}",
        "tsconfig.json": tsconfig,
        "src/a.ts": "export const a = 1;\n",
      });
      const child = site.start("--watch");
      let output = "";
      child.stdout.on("data", (chunk) => (output += String(chunk)));
      child.stderr.on("data", (chunk) => (output += String(chunk)));
      const isEmitted = (path: string, text: RegExp): boolean => site.has(path) && text.test(site.read(path));
      try {
        await until("the first compilation", () => output.includes("Watching for file changes"));
        assert.ok(isEmitted("dist/a.js", /a = 1/), output);
        site.write("src/a.ts", 'import net from "net";\nexport const a = net.connect(1);\n');
        await until(`a.js is rewritten: ${output}`, () => isEmitted("dist/a.js", /Rconnect\)?\(1\)/));
        site.write("src/b.ts", 'import { a } from "./a.js";\na.connect(2);\n');
        await until(`b.js is emitted: ${output}`, () => isEmitted("dist/b.js", /Rconnect\)?\(.*a, 2\)/));
      } finally {
        child.kill();
        await once(child, "exit");
        site.remove();
      }
    });
  });
