import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import ts from "typescript";
import ts6 from "typescript-6";
import {
  applyEdits,
  planFiles,
  renderNodes,
  reportOf,
  textEdits,
  type FilePlan,
} from "../../src/engine/index.js";
import { importStyle } from "../../src/engine/runtime-import.js";
import { inProcessResolver } from "../../src/resolvers/in-process.js";
import { expectation, listFixtures, type Fixture } from "../support/fixtures.js";
import { createProgram } from "../support/program.js";

type TypeScript = typeof ts;

const compilers: readonly TypeScript[] = [ts, ts6 as unknown as TypeScript];
const fixtures = listFixtures();

function planOf(ts: TypeScript, program: ts.Program, fileName: string): FilePlan {
  const file = program.getSourceFile(fileName)!;
  return planFiles(ts, [file], inProcessResolver(ts, program.getTypeChecker()), {})[0]!;
}

function render(ts: TypeScript, plan: FilePlan, placement: "own-line" | "same-line"): string {
  return applyEdits(plan.file.text, textEdits(ts, plan, { placement }));
}

/** The tokens of a program, without trivia: what two texts of the same program have in common. */
function tokensOf(ts: TypeScript, file: ts.SourceFile): string[] {
  const text = ts.createPrinter({ removeComments: true }).printFile(file);
  const printed = ts.createSourceFile(file.fileName, text, ts.ScriptTarget.Latest, true);
  const tokens: string[] = [];
  const visit = (node: ts.Node): void => {
    if (node.getChildCount(printed) === 0) tokens.push(node.getText(printed).replace(/^'(.*)'$/s, '"$1"'));
    else if (!isRuntimeImport(node.getText(printed))) node.getChildren(printed).forEach(visit);
  };
  visit(printed);
  return tokens.filter((token) => token !== "");
}

function isRuntimeImport(statement: string): boolean {
  return /^(?:import|const) [^;]*["']@tsocksify\/runtime["']\)?;?$/.test(statement);
}

function byNodes(ts: TypeScript, plan: FilePlan): ts.SourceFile {
  const transformer: ts.TransformerFactory<ts.SourceFile> = (context) => (file) =>
    renderNodes(ts, context, file, plan, {
      runtime: importStyle(ts, file) === "import-require" ? "import" : "named",
    });
  return ts.transform(plan.file, [transformer]).transformed[0]!;
}

/** What the type checker says, without the findings that come from reading a file twice. */
function errorsOf(ts: TypeScript, program: ts.Program, fileName: string): string[] {
  const file = program.getSourceFile(fileName)!;
  return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
    ({ code, messageText }) => `TS${code}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`,
  );
}

function check(ts: TypeScript, fixture: Fixture): void {
  const program = createProgram(ts, [fixture.input]);
  const plan = planOf(ts, program, fixture.input);
  const text = render(ts, plan, "own-line");
  const raw = readFileSync(fixture.input, "utf8");
  const bom = raw.startsWith("\uFEFF") ? "\uFEFF" : "";

  assert.equal(bom + text, expectation(fixture.output, bom + text), "the text renderer's output");

  const { tally, findings, rewrites, irrelevant } = reportOf(ts, [plan], () => "input");
  const reported = findings.map(({ code, line, column, message }) => ({ code, line, column, message }));
  const summary = JSON.stringify(
    {
      tally,
      findings: reported,
      irrelevant: irrelevant.map(({ line, text, reason }) => `${line}: ${text}: ${reason}`),
    },
    undefined,
    2,
  );
  assert.equal(`${summary}\n`, expectation(fixture.findings, `${summary}\n`), "findings and tally");
  assert.equal(tally.rewritten + tally.reported + tally.irrelevant, tally.callSites);
  assert.equal(tally.rewritten, rewrites.length);

  const again = createProgram(ts, [fixture.input], new Map([[fixture.input, text]]));
  assert.equal(
    render(ts, planOf(ts, again, fixture.input), "own-line"),
    text,
    "a second run changes nothing",
  );
  assert.deepEqual(
    tokensOf(ts, byNodes(ts, plan)),
    tokensOf(ts, again.getSourceFile(fixture.input)!),
    "nodes and text are one program",
  );

  const sameLine = render(ts, plan, "same-line");
  assert.equal(sameLine.split("\n").length, plan.file.text.split("\n").length, "no line moves");
  if (errorsOf(ts, program, fixture.input).length === 0)
    assert.deepEqual(errorsOf(ts, again, fixture.input), [], "the output type-checks as the input did");
}

for (const compiler of compilers)
  describe(`fixtures through TypeScript ${compiler.version}`, () => {
    for (const fixture of fixtures) test(fixture.name, () => check(compiler, fixture));
  });
