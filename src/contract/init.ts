import type ts from "typescript";
import { RUNTIME } from "../engine/catalogue.js";
import { lineEndOf } from "../engine/line-ends.js";
import { placeImport, prologueLength, startWithComments } from "../engine/placement.js";
import { importOf, importStyle } from "../engine/runtime-import.js";
import type { Edit } from "../engine/shapes/shape.js";
import { goesOn, usesSemicolons } from "../engine/statement-ends.js";
import { relativeSpecifiers, resolvedFrom, withoutExtension } from "../engine/specifiers.js";
import { preferredQuote } from "../engine/text.js";
import { unwrapped } from "../engine/syntax.js";
import type { Finding, TypeScript } from "../engine/vocabulary.js";
import { codes } from "./codes.js";

/**
 * A `main` of a program whose files are all in sight and never name SOCKSinit. Where a file outside of our sight could
 * call it, nothing is said: the environment configures the R-functions, too.
 *
 * @param file makes socket calls
 * @param near the files that use a module with the Berkeley face
 * @param isModule whether a specifier, in a file of that name, means such a module
 */
export function missingInit(
  ts: TypeScript,
  file: ts.SourceFile,
  near: readonly ts.SourceFile[],
  isModule: (specifier: string, fileName: string) => boolean,
): Finding[] {
  const main = mainOf(ts, file);
  if (!main || !isCalled(ts, file, main.name)) return [];
  const program = reachedFrom(file, near, isModule);
  if (!program || program.some(({ text }) => /\bSOCKSinit\b/.test(text))) return [];
  const fix = additionOf(ts, file, main.body);
  return [{ code: codes.init, node: main.name, ...(fix ? { fix } : {}) }];
}

interface Main {
  readonly name: ts.Identifier;
  readonly body: ts.Block;
}

function mainOf(ts: TypeScript, { statements }: ts.SourceFile): Main | undefined {
  for (const statement of statements) {
    if (ts.isFunctionDeclaration(statement)) {
      const { name, body } = statement;
      if (name?.text === "main" && body) return { name, body };
    }
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name, initializer } of statement.declarationList.declarations) {
      if (!ts.isIdentifier(name) || name.text !== "main" || !initializer) continue;
      const value = unwrapped(ts, initializer);
      if ((ts.isArrowFunction(value) || ts.isFunctionExpression(value)) && ts.isBlock(value.body))
        return { name, body: value.body };
    }
  }
  return undefined;
}

/** By the file itself: what others call is no program's. */
function isCalled(ts: TypeScript, file: ts.SourceFile, main: ts.Identifier): boolean {
  const visit = (node: ts.Node): boolean => {
    if (node === main.parent) return false;
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === main.text)
      return true;
    return ts.forEachChild(node, (child) => visit(child) || undefined) ?? false;
  };
  return visit(file);
}

/** The file and those that it imports, on and on; undefined where one of them is out of sight. */
function reachedFrom(
  file: ts.SourceFile,
  near: readonly ts.SourceFile[],
  isModule: (specifier: string, fileName: string) => boolean,
): ts.SourceFile[] | undefined {
  const byPath = new Map(near.map((each) => [withoutExtension(each.fileName), each]));
  const reached = new Set([file]);
  for (const { fileName, text } of reached)
    for (const specifier of relativeSpecifiers(text)) {
      if (isModule(specifier, fileName)) continue;
      const other = byPath.get(resolvedFrom(fileName, specifier)!);
      if (!other) return undefined;
      reached.add(other);
    }
  return [...reached];
}

/** The edits that import SOCKSinit and call it, with the file's name for the program's. */
function additionOf(ts: TypeScript, file: ts.SourceFile, body: ts.Block): Edit[] | undefined {
  const first = body.statements[prologueLength(ts, body)];
  if (!first) return undefined;
  const { text, fileName } = file;
  const quote = preferredQuote(text);
  const style = importStyle(ts, file);
  const wanted = new Map([[RUNTIME, ["SOCKSinit"]]]);
  const { statements, reference } = importOf({ file, runtime: new Map() }, wanted, style, quote);
  const program = withoutExtension(fileName.slice(fileName.lastIndexOf("/") + 1));
  const name = /["'\\]/.test(program) ? JSON.stringify(program) : `${quote}${program}${quote}`;
  const start = startWithComments(ts, file, first);
  const line = /[^\r\n]*$/.exec(text.slice(0, start))![0];
  const isAlone = /^[ \t]*$/.test(line);
  const end = usesSemicolons(ts, file) || !isAlone || goesOn(file, first) ? ";" : "";
  const after = isAlone ? `${lineEndOf(text)}${line}` : " ";
  const call = `${reference({ to: "SOCKSinit", from: RUNTIME })}(${name})${end}${after}`;
  return [placeImport(ts, file, statements, style, "own-line"), { start, end: start, text: call }].toSorted(
    (a, b) => a.start - b.start,
  );
}
