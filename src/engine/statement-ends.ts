import type ts from "typescript";
import type { TypeScript } from "./vocabulary.js";

/** Whether a statement begins with what goes on with the one before it, where no semicolon is between them. */
export function goesOn(file: ts.SourceFile, statement: ts.Statement): boolean {
  return "([`+-/<".includes(file.text[statement.getStart(file)] ?? " ");
}

/** Whether a statement ends where it ends, whatever comes next. */
export function isClosed(ts: TypeScript, { text }: ts.SourceFile, statement: ts.Statement): boolean {
  return (
    text[statement.end - 1] === ";" ||
    ts.isBlock(statement) ||
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTryStatement(statement) ||
    ts.isSwitchStatement(statement)
  );
}

/** Before a semicolon that stands on a line further down, where it is the next statement's. */
export function endOfCode(ts: TypeScript, file: ts.SourceFile, statement: ts.Statement): number {
  if (endsWithSemicolon(file, statement)) return statement.end;
  let last: ts.Node = statement;
  ts.forEachChild(statement, (child) => void (last = child));
  return last.end;
}

/** Most files end their statements one way or the other; one without statements gets semicolons. */
export function usesSemicolons(ts: TypeScript, file: ts.SourceFile): boolean {
  const ended = file.statements.filter(
    (statement) =>
      ts.isImportDeclaration(statement) ||
      ts.isVariableStatement(statement) ||
      ts.isExpressionStatement(statement),
  );
  const withSemicolon = ended.filter((statement) => endsWithSemicolon(file, statement));
  return ended.length === 0 || withSemicolon.length * 2 >= ended.length;
}

/** With one that stands behind it: `;[1].map(f)` begins with the semicolon of the statement before. */
function endsWithSemicolon({ text }: ts.SourceFile, { end }: ts.Statement): boolean {
  return text[end - 1] === ";" && !/\s/.test(text[end - 2] ?? "");
}
