import assert from "node:assert/strict";
import type ts from "typescript";
import {
  applyEdits,
  planFiles,
  renderNodes,
  textEdits,
  type DecideOptions,
  type FilePlan,
} from "../../src/engine/index.js";
import { importStyle } from "../../src/engine/runtime-import.js";
import { inProcessResolver } from "../../src/resolvers/in-process.js";

type TypeScript = typeof ts;

/** The plans of some files of a program. */
export function plansOf(
  ts: TypeScript,
  program: ts.Program,
  fileNames: readonly string[],
  options: DecideOptions = {},
): FilePlan[] {
  const files = fileNames.map((fileName) => {
    const file = program.getSourceFile(fileName);
    assert.ok(file, `${fileName} is part of the program`);
    return file;
  });
  return planFiles(ts, files, inProcessResolver(ts, program.getTypeChecker()), options);
}

export function renderText(ts: TypeScript, plan: FilePlan, placement: "own-line" | "same-line"): string {
  return applyEdits(plan.file.text, textEdits(ts, plan, { placement }));
}

/** The tokens of a program, without trivia: what two texts of the same program have in common. */
function tokensOf(ts: TypeScript, file: ts.SourceFile): string[] {
  const text = ts.createPrinter({ removeComments: true }).printFile(file);
  const printed = ts.createSourceFile(file.fileName, text, ts.ScriptTarget.Latest, true);
  const tokens: string[] = [];
  const visit = (node: ts.Node): void => {
    if (isChainInParentheses(ts, node)) visit(node.expression);
    else if (node.getChildCount(printed) === 0)
      tokens.push(node.getText(printed).replace(/^'(.*)'$/s, '"$1"'));
    else if (!isRuntimeImport(node.getText(printed))) node.getChildren(printed).forEach(visit);
  };
  visit(printed);
  return tokens.filter((token) => token !== "");
}

/**
 * TypeScript's factory writes `(a?.b)!` where a node in `a?.b!` is new: to a running program they are one, unless the
 * chain goes on.
 */
function isChainInParentheses(ts: TypeScript, node: ts.Node): node is ts.ParenthesizedExpression {
  if (!ts.isParenthesizedExpression(node) || !ts.isOptionalChain(node.expression)) return false;
  const { parent: outer } = node;
  const { parent: next } = outer;
  const isLink =
    ts.isCallExpression(next) || ts.isPropertyAccessExpression(next) || ts.isElementAccessExpression(next);
  const goesOn = isLink && next.expression === outer && !next.questionDotToken;
  return ts.isNonNullExpression(outer) && !goesOn;
}

function isRuntimeImport(statement: string): boolean {
  return /^(?:import|const) [^;]*["']@tsocksify\/runtime(?:\/berkeley)?["']\)?;?$/.test(statement);
}

function renderedNodes(ts: TypeScript, plan: FilePlan): ts.SourceFile {
  const transformer: ts.TransformerFactory<ts.SourceFile> = (context) => (file) =>
    renderNodes(ts, context, file, plan, {
      runtime: importStyle(ts, file) === "import-require" ? "import" : "named",
      elide: false,
    });
  return ts.transform(plan.file, [transformer]).transformed[0]!;
}

/**
 * What holds for every rewritten file.
 *
 * @param plan the file's plan
 * @param text the file as the text renderer wrote it, with the import on a line of its own
 * @param again the plan of that text, in a program where it stands in for the file
 */
export function assertRenderersAgree(ts: TypeScript, plan: FilePlan, text: string, again: FilePlan): void {
  const { fileName } = plan.file;
  assert.equal(renderText(ts, again, "own-line"), text, `a second run changes nothing: ${fileName}`);
  assert.deepEqual(
    tokensOf(ts, renderedNodes(ts, plan)),
    tokensOf(ts, again.file),
    `nodes and text are one program: ${fileName}`,
  );
  const sameLine = renderText(ts, plan, "same-line");
  assert.equal(sameLine.split("\n").length, plan.file.text.split("\n").length, `no line moves: ${fileName}`);
}

/** What the compiler says of a file, without places. */
export function errorsOf(ts: TypeScript, program: ts.Program, fileName: string): string[] {
  const file = program.getSourceFile(fileName)!;
  return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
    ({ code, messageText }) => `TS${code}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`,
  );
}
