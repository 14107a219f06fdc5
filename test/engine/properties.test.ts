import assert from "node:assert/strict";
import { resolve } from "node:path";
import { describe, test, type TestContext } from "node:test";
import fc from "fast-check";
import ts from "typescript";
import { mayMatter, type DecideOptions, type FilePlan } from "../../src/engine/index.js";
import { barrels } from "../support/generated/barrels.js";
import { lookalikePrograms } from "../support/generated/lookalikes.js";
import { run } from "../support/generated/run.js";
import { socketPrograms, untypedPrograms } from "../support/generated/sockets.js";
import { createProgram } from "../support/program.js";
import { assertRenderersAgree, errorsOf, plansOf, renderText } from "../support/renderers.js";

/** One sample that stays the same, so that a commit fails for what it changed; `random`, or a number, looks further. */
const { PROPERTY_SEED = "20", PROPERTY_RUNS = "300" } = process.env;
const seed = PROPERTY_SEED === "random" ? Date.now() % 2 ** 31 : Number(PROPERTY_SEED);
const numRuns = Number(PROPERTY_RUNS);

interface Case {
  readonly input: string;
  readonly plan: FilePlan;
  readonly output: string;
  /** The other files of the program, rewritten. */
  readonly others: ReadonlyMap<string, string>;
}

/** Plans many programs as the files of one, and checks what holds for all of them. */
function planned(texts: readonly string[], options: DecideOptions): Case[] {
  const names = [...texts.map((_, index) => `generated-${index}`), ...barrels.keys()].map((name) =>
    resolve(__dirname, `${name}.ts`),
  );
  const inputs = [...texts, ...barrels.values()];
  const program = createProgram(ts, names, new Map(names.map((name, index) => [name, inputs[index]!])));
  const plans = plansOf(ts, program, names, options);
  const outputs = plans.map((plan) => renderText(ts, plan, "own-line"));
  const again = createProgram(ts, names, new Map(names.map((name, index) => [name, outputs[index]!])));
  const second = plansOf(ts, again, names, options);
  const others = new Map([...barrels.keys()].map((name, index) => [name, outputs[texts.length + index]!]));
  const cases = plans.map((plan, index) => {
    const name = names[index]!;
    const output = outputs[index]!;
    assertRenderersAgree(ts, plan, output, second[index]!);
    assert.deepEqual([...again.getSyntacticDiagnostics(again.getSourceFile(name))], [], output);
    if (errorsOf(ts, program, name).length === 0)
      assert.deepEqual(errorsOf(ts, again, name), [], `the output type-checks:\n${output}`);
    const input = inputs[index]!;
    if (!mayMatter(input))
      assert.deepEqual([plan.rewrites, plan.findings], [[], []], `the prefilter:\n${input}`);
    return { input, plan, output, others };
  });
  return cases.slice(0, texts.length);
}

/** One batch, since a program of many files costs hardly more than one of a few; nothing to shrink, they are small. */
async function holds(
  context: TestContext,
  programs: fc.Arbitrary<string>,
  check: (each: Case) => Promise<void> | void,
  options: DecideOptions = {},
): Promise<void> {
  context.diagnostic(`PROPERTY_SEED=${seed}`);
  const texts = [...new Set(fc.sample(programs, { seed, numRuns }))];
  const failures: string[] = [];
  for (const each of planned(texts, options))
    try {
      await check(each);
    } catch (error) {
      failures.push(`${(error as Error).message}\n${each.input}\nbecomes\n${each.output}`);
    }
  assert.deepEqual(failures, [], `${failures.length} of ${texts.length}`);
}

/** Node's own functions are out of reach, or a finding says that they may not be. */
async function assertCaught({ input, plan, output, others }: Case): Promise<void> {
  assert.ok((await run(input, barrels)).raw > 0, "the generated program reaches a socket");
  if (plan.findings.length > 0) return;
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
    holds(context, lookalikePrograms, ({ input, plan, output }) => {
      assert.deepEqual([plan.rewrites, plan.findings], [[], []]);
      assert.equal(output, input);
    }));
});
