import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { describe, test } from "node:test";
import { runningTypeScript71 } from "../../src/project/running.js";
import { Workplace } from "../cli/workplace.js";
import { repository } from "../support/user-folder.js";

const folder = dirname(require.resolve("typescript-7.1/package.json"));
const tsconfig = join(repository, "tsconfig.json");

describe("a TypeScript 7.1 that runs", () => {
  test("is the same for those that follow each other, and goes when the event loop turns", async () => {
    const first = runningTypeScript71(folder)!;
    first.release();
    const second = runningTypeScript71(folder)!;
    assert.equal(second.compiler, first.compiler);
    await turn();
    assert.deepEqual(second.compiler.parseConfigFile(tsconfig).errors, [], "it goes on for who uses it");
    second.release();
    await turn();
    assert.throws(() => second.compiler.parseConfigFile(tsconfig));
    const third = runningTypeScript71(folder)!;
    assert.notEqual(third.compiler, first.compiler);
    third.release();
  });

  test("is nobody's any more once something failed", async () => {
    const first = runningTypeScript71(folder)!;
    const beside = runningTypeScript71(folder)!;
    first.release(true);
    const second = runningTypeScript71(folder)!;
    assert.notEqual(second.compiler, first.compiler);
    second.release();
    await turn();
    assert.deepEqual(beside.compiler.parseConfigFile(tsconfig).errors, []);
    beside.release();
    await turn();
    assert.throws(() => beside.compiler.parseConfigFile(tsconfig));
  });

  test("is followed by another once its programs had many files", async () => {
    const place = new Workplace(
      {
        "tsconfig.json": '{ "compilerOptions": { "types": ["node"] } }',
        "a.ts": 'import net from "net";\nnet.connect(1);\n',
      },
      "typescript-7.1",
    );
    const open = (): unknown => {
      const { compiler, release } = runningTypeScript71(folder)!;
      compiler.openProject(place.at("tsconfig.json")).dispose();
      release();
      return compiler;
    };
    const first = open();
    let rounds = 1;
    while (open() === first) rounds++;
    assert.ok(rounds > 10 && rounds < 200, `${rounds} programs in one process`);
    await turn();
    place.remove();
  });

  test("is none where its executable is not", () => {
    assert.equal(runningTypeScript71(join(repository, "src")), undefined);
  });
});
