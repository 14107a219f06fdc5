import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { after, before, describe, test } from "node:test";
import { planFiles, reportOf } from "../../src/engine/index.js";
import type { NativeCompiler, NativeCompilerOptions } from "../../src/resolvers/native/program.js";
import { startTypeScript70 } from "../../src/resolvers/typescript-7.0.js";
import { startTypeScript71 } from "../../src/resolvers/typescript-7.1.js";
import { summaryOf } from "../support/fixture-summary.js";
import { listFixtures, type Fixture } from "../support/fixtures.js";
import { compilerOptions } from "../support/native-options.js";
import { renderText } from "../support/renderers.js";

const repository = resolve(__dirname, "../..");

const compilers: readonly { name: string; start: (options: NativeCompilerOptions) => NativeCompiler }[] = [
  { name: "typescript-7.0", start: startTypeScript70 },
  { name: "typescript-7.1", start: startTypeScript71 },
];

function check(compiler: NativeCompiler, folder: string, fixture: Fixture): void {
  const config = join(folder, `${fixture.name.replaceAll("/", "-")}.json`);
  writeFileSync(config, JSON.stringify({ compilerOptions, files: [fixture.input] }));
  const program = compiler.openProject(config);
  const file = program.getSourceFile(fixture.input)!;
  const [plan] = planFiles(program.ts, [file], program.resolver, fixture.options);
  const bom = readFileSync(fixture.input, "utf8").startsWith("\uFEFF") ? "\uFEFF" : "";

  assert.equal(bom + renderText(program.ts, plan!, "own-line"), readFileSync(fixture.output, "utf8"));
  assert.equal(
    summaryOf(reportOf(program.ts, [plan!], () => "input")),
    readFileSync(fixture.findings, "utf8"),
  );
  const sameLine = renderText(program.ts, plan!, "same-line");
  assert.equal(sameLine.split("\n").length, file.text.split("\n").length, "no line moves");
}

for (const { name, start } of compilers)
  describe(`fixtures through ${name}`, () => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), "tsocksify-fixtures-")));
    const packageFolder = dirname(require.resolve(`${name}/package.json`));
    let compiler: NativeCompiler;
    before(() => (compiler = start({ packageFolder, directory: repository })));
    after(() => {
      compiler.close();
      rmSync(folder, { recursive: true });
    });
    for (const fixture of listFixtures()) test(fixture.name, () => check(compiler, folder, fixture));
  });
