import assert from "node:assert/strict";
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import ts from "typescript";
import { planFiles, type FilePlan } from "../../src/engine/index.js";
import { startTypeScript71 } from "../../src/resolvers/typescript-7.1.js";
import { barrels } from "../support/generated/barrels.js";
import { lookalikePrograms } from "../support/generated/lookalikes.js";
import { socketPrograms, untypedPrograms } from "../support/generated/sockets.js";
import { compilerOptions } from "../support/native-options.js";
import { createProgram } from "../support/program.js";
import { plansOf } from "../support/renderers.js";

const { PROPERTY_SEED = "20", PROPERTY_RUNS = "150" } = process.env;
const seed = PROPERTY_SEED === "random" ? Date.now() % 2 ** 31 : Number(PROPERTY_SEED);
const numRuns = Number(PROPERTY_RUNS);

/** What becomes of each call site, and where it is. */
function verdictsOf({ file, rewrites, findings }: FilePlan): string[] {
  return [
    ...rewrites.map(({ name, shape, to }) => `${name.getStart(file)} ${shape} ${to}`),
    ...findings.map(({ node, code, certainty }) => `${node.getStart(file)} ${code} ${certainty ?? ""}`),
  ].sort();
}

test("TypeScript 7.1 decides about generated programs as TypeScript 5.9 does", (context) => {
  context.diagnostic(`PROPERTY_SEED=${seed}`);
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "tsocksify-generated-")));
  context.after(() => rmSync(folder, { recursive: true }));
  const texts = [socketPrograms, untypedPrograms, lookalikePrograms].flatMap((programs) =>
    fc.sample(programs, { seed, numRuns }).map(({ text }) => text),
  );
  const files = new Map([...texts.map((text, index) => [`generated-${index}`, text] as const), ...barrels]);
  const names = [...files.keys()].map((name) => join(folder, `${name}.ts`));
  [...files.values()].forEach((text, index) => writeFileSync(names[index]!, text));
  const config = join(folder, "tsconfig.json");
  writeFileSync(config, JSON.stringify({ compilerOptions, files: names }));

  const expected = plansOf(ts, createProgram(ts, names), names);
  const packageFolder = dirname(require.resolve("typescript-7.1/package.json"));
  const compiler = startTypeScript71({ packageFolder, directory: folder });
  context.after(() => compiler.close());
  const program = compiler.openProject(config);
  const sources = names.map((name) => program.getSourceFile(name)!);
  const plans = planFiles(program.ts, sources, program.resolver, {});
  plans.forEach((plan, index) =>
    assert.deepEqual(verdictsOf(plan), verdictsOf(expected[index]!), sources[index]!.text),
  );
});
