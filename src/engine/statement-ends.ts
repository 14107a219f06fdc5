import type ts from "typescript";

/** Whether a statement begins with what goes on with the one before it, where no semicolon is between them. */
export function goesOn(file: ts.SourceFile, statement: ts.Statement): boolean {
  return "([`+-/<".includes(file.text[statement.getStart(file)] ?? " ");
}
