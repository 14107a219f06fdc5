import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, describe, test } from "node:test";
import { planFiles, reportOf } from "../../src/engine/index.js";
import type { NativeCompiler } from "../../src/resolvers/native/program.js";
import { summaryOf } from "../support/fixture-summary.js";
import { listFixtures, type Fixture } from "../support/fixtures.js";
import { nativeCompilers } from "../support/native-compilers.js";
import { compilerOptions } from "../support/native-options.js";
import { renderText } from "../support/renderers.js";

const repository = resolve(__dirname, "../..");

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

for (const { name, start } of nativeCompilers)
  describe(`fixtures through ${name}`, () => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), "tsocksify-fixtures-")));
    let compiler: NativeCompiler;
    before(() => (compiler = start(repository)));
    after(() => {
      compiler.close();
      rmSync(folder, { recursive: true });
    });
    for (const fixture of listFixtures()) test(fixture.name, () => check(compiler, folder, fixture));
  });
