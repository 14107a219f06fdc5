import type ts from "typescript";
import { lineEnd, lineEndOf } from "./line-ends.js";
import { requireSpecifier } from "./loading.js";
import type { Edit } from "./shapes/shape.js";
import { unwrapped } from "./syntax.js";
import type { ImportStyle } from "./runtime-import.js";
import { endOfCode, goesOn, usesSemicolons } from "./statement-ends.js";
import type { TypeScript } from "./vocabulary.js";

/** Where the runtime's import goes: on a line of its own, as a person would write it, or on a line that exists, so that no line moves. */
export type ImportPlacement = "own-line" | "same-line";

/** Comments that speak of the whole file stay on top of it. */
const headerComment =
  /@ts-(?:no)?check|eslint-(?:disable|enable)(?!-next)|copyright|licen[cs]e|^\/\*!|@fileoverview|@file\b|@flow|^\/\/\/\s*</i;

/** The edit that adds import statements to a file, in the file's own punctuation. */
export function placeImport(
  ts: TypeScript,
  file: ts.SourceFile,
  statements: readonly string[],
  style: ImportStyle,
  placement: ImportPlacement,
): Edit {
  const end = usesSemicolons(ts, file) ? ";" : "";
  const newline = lineEndOf(file.text);
  const statement = statements.join(placement === "own-line" ? `${end}${newline}` : "; ");
  const last = style === "require" ? undefined : lastOfFirstImports(ts, file);
  if (last && placement === "same-line")
    return insertion(last.end, `${file.text[last.end - 1] === ";" ? "" : ";"} ${statement};`);
  if (last) {
    const at = endOfCode(ts, file, last);
    const next = file.text.slice(at, file.statements.find(({ pos }) => pos >= last.end)?.getStart(file));
    return insertion(at, `${newline}${statement}${/[\r\n]/.test(next) ? end : ";"}`);
  }
  const before = beforeFirstStatement(ts, file, style);
  if (placement === "same-line") return insertion(before, `${statement}; `);
  const next = file.statements.find((each) => each.getStart(file) >= before);
  return insertion(before, `${statement}${next && goesOn(file, next) ? ";" : end}${newline}`);
}

function insertion(at: number, text: string): Edit {
  return { start: at, end: at, text };
}

/** The last statement of the run of imports that the file starts with. */
function lastOfFirstImports(ts: TypeScript, file: ts.SourceFile): ts.Statement | undefined {
  const isImport = (statement: ts.Statement): boolean =>
    ts.isImportDeclaration(statement) || ts.isImportEqualsDeclaration(statement);
  const first = file.statements.findIndex(isImport);
  if (first < 0) return undefined;
  const after = file.statements.findIndex((statement, index) => index > first && !isImport(statement));
  return file.statements[(after < 0 ? file.statements.length : after) - 1];
}

/**
 * A `require` goes before the first other one: in a cycle of modules a function may be called before the
 * rest of its module has run.
 */
function beforeFirstStatement(ts: TypeScript, file: ts.SourceFile, style: ImportStyle): number {
  const body = file.statements.slice(prologueLength(ts, file));
  const [first] = body;
  if (!first) return file.statements.at(-1)?.end ?? file.text.length;
  const target = (style === "require" && body.find((statement) => requires(ts, statement))) || first;
  if (target !== first && !body.slice(0, body.indexOf(target)).every((each) => isDeclarationOnly(ts, each)))
    return startWithComments(ts, file, first);
  return startWithComments(ts, file, target);
}

/** How many statements a file, or a function's body, begins with that are `"use strict"` and its like. */
export function prologueLength(ts: TypeScript, { statements }: ts.SourceFile | ts.Block): number {
  const end = statements.findIndex(
    (each) => !ts.isExpressionStatement(each) || !ts.isStringLiteral(each.expression),
  );
  return end < 0 ? statements.length : end;
}

function requires(ts: TypeScript, statement: ts.Statement): boolean {
  return (
    ts.isVariableStatement(statement) &&
    statement.declarationList.declarations.some(
      ({ initializer }) =>
        initializer !== undefined && requireSpecifier(ts, unwrapped(ts, initializer)) !== undefined,
    )
  );
}

function isDeclarationOnly(ts: TypeScript, statement: ts.Statement): boolean {
  return (
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    (ts.isImportDeclaration(statement) && statement.importClause?.isTypeOnly === true)
  );
}

/** Where a statement starts, counting the comments that belong to it. */
export function startWithComments(ts: TypeScript, file: ts.SourceFile, statement: ts.Statement): number {
  const start = statement.getStart(file);
  const comments = ts.getLeadingCommentRanges(file.text, statement.getFullStart()) ?? [];
  let from = start;
  for (const comment of comments.toReversed()) {
    const gap = file.text.slice(comment.end, from);
    const isSeparate = (gap.match(lineEnd)?.length ?? 0) > 1;
    const isTrailing =
      !/[\r\n]/.test(file.text.slice(statement.getFullStart(), comment.pos)) && comment.pos !== 0;
    if (isSeparate || isTrailing || headerComment.test(file.text.slice(comment.pos, comment.end))) break;
    from = comment.pos;
  }
  return from;
}
