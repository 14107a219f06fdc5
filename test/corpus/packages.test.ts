import assert from "node:assert/strict";
import { resolve } from "node:path";
import { before, describe, test } from "node:test";
import ts from "typescript";
import { mayMatter, reportOf, type FilePlan, type Report } from "../../src/engine/index.js";
import {
  corpusOptions,
  corpusPackage,
  installCorpus,
  nameIn,
  type CorpusPackage,
} from "../support/corpus.js";
import { expectation } from "../support/fixtures.js";
import { createProgram } from "../support/program.js";
import { assertRenderersAgree, errorsOf, plansOf, renderText } from "../support/renderers.js";
import { packages } from "./packages.js";

/** One line for each rewrite and finding, to be read beside the source. */
function summaryOf({ name, version, files }: CorpusPackage, report: Report): string {
  const { rewrites, findings } = report;
  const lines = [
    `# ${name} ${version}: ${files.length} files`,
    "",
    `## ${rewrites.length} rewritten`,
    ...rewrites.map(({ file, line, column, from, to }) => `${file}:${line}:${column}: ${from} → ${to}`),
    "",
    `## ${findings.length} reported`,
    ...findings.map(
      ({ file, line, column, code, message }) => `${file}:${line}:${column}: ${code} ${message}`,
    ),
  ];
  return `${lines.join("\n")}\n`;
}

function check(name: string, bundles: readonly string[]): void {
  const source = corpusPackage(name, bundles);
  const options = corpusOptions(ts);
  const program = createProgram(ts, source.files, new Map(), options);
  const text = (file: string): string => program.getSourceFile(file)!.text;
  const [matter, rest] = [true, false].map((yes) =>
    source.files.filter((file) => mayMatter(text(file)) === yes),
  );
  const plans = plansOf(ts, program, matter!);

  const report = reportOf(ts, plans, (file) => nameIn(source.folder, file));
  const expected = resolve(__dirname, "expected", `${name.replace("/", "+")}.txt`);
  const summary = summaryOf(source, report);
  assert.equal(summary, expectation(expected, summary));

  for (const plan of plansOf(ts, program, rest!))
    assert.deepEqual(
      [plan.rewrites, plan.findings],
      [[], []],
      `the prefilter leaves out nothing: ${plan.file.fileName}`,
    );

  const texts = new Map(plans.map((plan) => [plan.file.fileName, renderText(ts, plan, "own-line")]));
  const output = createProgram(ts, source.files, texts, options);
  const isTyped = (plan: FilePlan): boolean => errorsOf(ts, program, plan.file.fileName).length === 0;
  plansOf(ts, output, matter!).forEach((again, index) => {
    const plan = plans[index]!;
    const { fileName } = plan.file;
    assertRenderersAgree(ts, plan, texts.get(fileName)!, again);
    if (isTyped(plan))
      assert.deepEqual(errorsOf(ts, output, fileName), [], `the output type-checks: ${fileName}`);
  });
}

describe("published packages: every rewrite and finding is one that somebody has read", () => {
  before(installCorpus);
  for (const [name, ...bundles] of packages) test(name, () => check(name, bundles));
});
