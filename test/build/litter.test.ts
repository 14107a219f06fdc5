import assert from "node:assert/strict";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { after, before, describe, test } from "node:test";
import { Site } from "./site.js";

const files = {
  "package.json": "{}",
  "tsconfig.json": JSON.stringify({
    compilerOptions: {
      target: "es2022",
      module: "nodenext",
      rootDir: "src",
      outDir: "dist",
      types: ["node"],
    },
    include: ["src"],
  }),
  "src/a.ts": 'import net from "net";\nexport const a = net.connect(1);\n',
};

for (const compiler of ["typescript-7.0", "typescript-7.1"] as const)
  describe(`a build beside ${compiler} that is killed before it has put its outputs where they belong`, () => {
    let site: Site;
    before(() => (site = new Site(compiler, files)));
    after(() => site.remove());

    test("leaves nothing behind, where the signal can be caught", async () => {
      await killed(site, "SIGTERM");
      assert.deepEqual(site.litter(), []);
      assert.equal(site.has("dist"), false);
    });

    test("leaves folders that the next build removes, where it can't, and no JavaScript that dials directly", async () => {
      await killed(site, "SIGKILL");
      assert.notDeepEqual(site.litter(), []);
      assert.equal(site.has("dist"), false);
      // The compiler that it had started lives on for a moment.
      for (let left = 20; left > 0 && site.litter().length > 0; left--) {
        assert.deepEqual(site.build(), { code: 0, output: "" });
        await sleep(100);
      }
      assert.deepEqual(site.litter(), []);
    });
  });

async function killed(site: Site, signal: NodeJS.Signals): Promise<void> {
  const child = site.start();
  const exit = once(child, "exit");
  while (site.litter().length === 0 && child.exitCode === null) await sleep(5);
  child.kill(signal);
  await exit;
}
