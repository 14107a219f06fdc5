import type ts from "typescript";
import type { Resolver, TypeScript } from "../engine/index.js";
import { inProcessResolver } from "./in-process.js";

/** A file on its own, and what its names stand for as far as it says so itself. */
export interface UntypedFile {
  /** With parents set. */
  readonly file: ts.SourceFile;
  readonly resolver: Resolver;
}

/**
 * Where there are no types: the file's own declarations and imports are all there is. A name leads to what declares it in
 * the file, and no further; what comes from elsewhere has the type any.
 *
 * @param fileName what the file's relative imports are relative to, and whose extension says what language it is in
 */
export function untypedFile(ts: TypeScript, fileName: string, text: string): UntypedFile {
  const name = /\.[cm]?[jt]sx?$/.test(fileName) ? fileName : `${fileName}.ts`;
  const file = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
  const options = { noLib: true, noResolve: true, allowJs: true, types: [], target: ts.ScriptTarget.Latest };
  const host: ts.CompilerHost = {
    getSourceFile: (asked) => (asked === name ? file : undefined),
    fileExists: (asked) => asked === name,
    readFile: () => undefined,
    writeFile() {},
    getDefaultLibFileName: () => "",
    getCurrentDirectory: () => "",
    getCanonicalFileName: (asked) => asked,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
  };
  const program = ts.createProgram({ rootNames: [name], options, host });
  return { file, resolver: inProcessResolver(ts, program.getTypeChecker()) };
}
