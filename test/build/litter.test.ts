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

describe("a build beside TypeScript 7.0 that is killed while it has a shadow of the project", () => {
  let site: Site;
  before(() => (site = new Site("typescript-7.0", files)));
  after(() => site.remove());

  test("leaves none behind, where the signal can be caught", async () => {
    await killedWithShadow(site, "SIGTERM");
    assert.deepEqual(site.litter(), []);
  });

  test("leaves one behind that the next build removes, where it can't", async () => {
    await killedWithShadow(site, "SIGKILL");
    assert.equal(site.litter().length, 1);
    assert.deepEqual(site.build(), { code: 0, output: "" });
    assert.deepEqual(site.litter(), []);
  });
});

async function killedWithShadow(site: Site, signal: NodeJS.Signals): Promise<void> {
  const child = site.start();
  const exit = once(child, "exit");
  while (site.litter().length === 0 && child.exitCode === null) await sleep(5);
  child.kill(signal);
  await exit;
}
