import type ts from "typescript";
import { mayMatter } from "../engine/index.js";

/** Is it a program's own source, and not what it has from elsewhere or what only declares? */
export function isOwnSource(program: ts.Program, file: ts.SourceFile): boolean {
  return !file.isDeclarationFile && !program.isSourceFileFromExternalLibrary(file);
}

/** The names of all of a program's own files. */
export function* ownFileNames(program: ts.Program): Generator<string> {
  for (const file of program.getSourceFiles()) if (isOwnSource(program, file)) yield file.fileName;
}

/** A program's own files that may have a call site. */
export function ownSources(program: ts.Program, modules: readonly string[] | undefined): ts.SourceFile[] {
  return program
    .getSourceFiles()
    .filter((file) => isOwnSource(program, file) && mayMatter(file.text, modules));
}
