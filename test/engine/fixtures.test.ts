import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import ts from "typescript";
import ts50 from "typescript-5.0";
import ts6 from "typescript-6";
import { mayMatter, reportOf } from "../../src/engine/index.js";
import { summaryOf } from "../support/fixture-summary.js";
import { expectation, listFixtures, type Fixture } from "../support/fixtures.js";
import { createProgram } from "../support/program.js";
import { assertRenderersAgree, errorsOf, plansOf, renderText } from "../support/renderers.js";

type TypeScript = typeof ts;

const compilers: readonly TypeScript[] = [ts50 as unknown as TypeScript, ts, ts6 as unknown as TypeScript];
const fixtures = listFixtures();

function check(ts: TypeScript, fixture: Fixture): void {
  const program = createProgram(ts, [fixture.input]);
  const plan = plansOf(ts, program, [fixture.input], fixture.options)[0]!;
  const text = renderText(ts, plan, "own-line");
  const raw = readFileSync(fixture.input, "utf8");
  const bom = raw.startsWith("\uFEFF") ? "\uFEFF" : "";

  assert.equal(bom + text, expectation(fixture.output, bom + text), "the text renderer's output");

  const report = reportOf(ts, [plan], () => "input");
  const { tally, rewrites } = report;
  const summary = summaryOf(report);
  assert.equal(summary, expectation(fixture.findings, summary), "findings and tally");
  assert.equal(tally.rewritten + tally.reported + tally.irrelevant, tally.callSites);
  assert.equal(tally.rewritten, rewrites.length);
  if (tally.callSites > 0)
    assert.ok(mayMatter(raw, fixture.options.modules), "the prefilter lets it through");

  const again = createProgram(ts, [fixture.input], new Map([[fixture.input, text]]));
  assertRenderersAgree(ts, plan, text, plansOf(ts, again, [fixture.input], fixture.options)[0]!);
  // A module of the program's own has descriptors of its own type, which the runtime's may not be.
  const isComparable = fixture.options.modules === undefined;
  if (isComparable && errorsOf(ts, program, fixture.input).length === 0)
    assert.deepEqual(errorsOf(ts, again, fixture.input), [], "the output type-checks as the input did");
}

for (const compiler of compilers)
  describe(`fixtures through TypeScript ${compiler.version}`, () => {
    for (const fixture of fixtures) test(fixture.name, () => check(compiler, fixture));
  });
