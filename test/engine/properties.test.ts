import assert from "node:assert/strict";
import { resolve } from "node:path";
import { describe, test, type TestContext } from "node:test";
import fc from "fast-check";
import ts from "typescript";
import { mayMatter, type DecideOptions, type FilePlan } from "../../src/engine/index.js";
import { barrels } from "../support/generated/barrels.js";
import type { Generated } from "../support/generated/draft.js";
import { lookalikePrograms } from "../support/generated/lookalikes.js";
import { run } from "../support/generated/run.js";
import { socketPrograms, untypedPrograms } from "../support/generated/sockets.js";
import { createProgram } from "../support/program.js";
import { assertRenderersAgree, errorsOf, plansOf, renderText } from "../support/renderers.js";

/** One sample that stays the same, so that a commit fails for what it changed; `random`, or a number, looks further. */
const { PROPERTY_SEED = "20", PROPERTY_RUNS = "300" } = process.env;
const seed = PROPERTY_SEED === "random" ? Date.now() % 2 ** 31 : Number(PROPERTY_SEED);
const numRuns = Number(PROPERTY_RUNS);

interface Case extends Generated {
  readonly plan: FilePlan;
  readonly output: string;
  /** The other files of the program, rewritten. */
  readonly others: ReadonlyMap<string, string>;
  /** What holds for every rewritten file. */
  readonly assertSound: () => void;
}

/** Plans many programs as the files of one. */
function planned(generated: readonly Generated[], options: DecideOptions): Case[] {
  const names = [
    ...generated.map(({ isJsx }, index) => `generated-${index}.${isJsx ? "tsx" : "ts"}`),
    ...barrels.keys(),
  ].map((name) => resolve(__dirname, name.includes(".") ? name : `${name}.ts`));
  const inputs = [...generated.map(({ text }) => text), ...barrels.values()];
  const program = createProgram(ts, names, new Map(names.map((name, index) => [name, inputs[index]!])));
  const plans = plansOf(ts, program, names, options);
  const outputs = plans.map((plan) => renderText(ts, plan, "own-line"));
  const again = createProgram(ts, names, new Map(names.map((name, index) => [name, outputs[index]!])));
  const second = plansOf(ts, again, names, options);
  const others = new Map(
    [...barrels.keys()].map((name, index) => [name, outputs[generated.length + index]!]),
  );
  const assertSound = (index: number): void => {
    const name = names[index]!;
    const plan = plans[index]!;
    assertRenderersAgree(ts, plan, outputs[index]!, second[index]!);
    assert.deepEqual([...again.getSyntacticDiagnostics(again.getSourceFile(name))], []);
    if (errorsOf(ts, program, name).length === 0)
      assert.deepEqual(errorsOf(ts, again, name), [], "the output type-checks");
  };
  for (let index = generated.length; index < names.length; index++) assertSound(index);
  return generated.map((each, index) => ({
    ...each,
    // What the prefilter dismisses, no host looks at.
    ...(mayMatter(each.text)
      ? { plan: plans[index]!, output: outputs[index]! }
      : { plan: { ...plans[index]!, rewrites: [], findings: [], irrelevant: [] }, output: each.text }),
    others,
    assertSound: () => assertSound(index),
  }));
}

/** One batch, since a program of many files costs hardly more than one of a few; nothing to shrink, they are small. */
async function holds(
  context: TestContext,
  programs: fc.Arbitrary<Generated>,
  check: (each: Case) => Promise<void> | void,
  options: DecideOptions = {},
): Promise<void> {
  context.diagnostic(`PROPERTY_SEED=${seed}`);
  const samples = new Map(fc.sample(programs, { seed, numRuns }).map((each) => [each.text, each]));
  const failures: string[] = [];
  for (const each of planned([...samples.values()], options))
    try {
      each.assertSound();
      await check(each);
    } catch (error) {
      failures.push(`${(error as Error).message}\n${each.text}\nbecomes\n${each.output}`);
    }
  assert.deepEqual(failures, [], `${failures.length} of ${samples.size}`);
}

/** Node's own functions are out of reach, or a finding says that they may not be, where the program comes to them. */
async function assertCaught({ text, plan, output, others, site }: Case): Promise<void> {
  assert.ok((await run(text, barrels)).raw > 0, "the generated program reaches a socket");
  const isAtSite = ({ node }: { readonly node: ts.Node }): boolean =>
    site.some(([start, end]) => start <= node.getStart() && node.getStart() < end);
  if (plan.findings.some(isAtSite)) return;
  const { raw, socksified } = await run(output, others);
  assert.deepEqual({ raw, isSocksified: socksified > 0 }, { raw: 0, isSocksified: true });
}

describe("generated programs", () => {
  test("what reaches a socket by any chain of forms is rewritten or reported", (context) =>
    holds(context, socketPrograms, assertCaught));

  test("with any: dispatch, a call on a value without a type is rewritten too", (context) =>
    holds(
      context,
      untypedPrograms,
      async (each) => {
        assert.deepEqual(each.plan.findings, []);
        await assertCaught(each);
      },
      { any: "dispatch" },
    ));

  test("what only looks like a socket is never touched", (context) =>
    holds(context, lookalikePrograms, ({ text, plan, output }) => {
      assert.deepEqual([plan.rewrites, plan.findings], [[], []]);
      assert.equal(output, text);
    }));
});
