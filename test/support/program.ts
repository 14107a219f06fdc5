import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type ts from "typescript";

type TypeScript = typeof ts;

const repository = resolve(__dirname, "../..");

export const compilerOptions = (ts: TypeScript): ts.CompilerOptions => ({
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ["lib.es2023.d.ts"],
  types: ["node"],
  typeRoots: [resolve(repository, "node_modules/@types")],
  strict: true,
  allowJs: true,
  noEmit: true,
  skipLibCheck: true,
  esModuleInterop: true,
  jsx: ts.JsxEmit.Preserve,
});

/** Parsed once: the files of the libraries are the same in every program. */
const libraries = new Map<string, ts.SourceFile | undefined>();

/**
 * A program of files on disk and in memory.
 *
 * @param texts what stands in some files instead of what is on disk
 */
export function createProgram(
  ts: TypeScript,
  fileNames: readonly string[],
  texts: ReadonlyMap<string, string> = new Map(),
  options: ts.CompilerOptions = compilerOptions(ts),
): ts.Program {
  const host = ts.createCompilerHost(options, true);
  const { getSourceFile } = host;
  host.getSourceFile = (fileName, languageVersion, ...rest) => {
    const text = texts.get(fileName);
    if (text !== undefined) return ts.createSourceFile(fileName, text, languageVersion, true);
    if (!/node_modules/.test(fileName)) return getSourceFile(fileName, languageVersion, ...rest);
    const key = `${ts.version} ${fileName}`;
    if (!libraries.has(key)) libraries.set(key, getSourceFile(fileName, languageVersion, ...rest));
    return libraries.get(key);
  };
  const { fileExists, readFile } = host;
  host.fileExists = (fileName) => texts.has(fileName) || fileExists(fileName);
  host.readFile = (fileName) => texts.get(fileName) ?? readFile(fileName);
  return ts.createProgram([...fileNames], options, host);
}

/** The text of a file as TypeScript has it: without a byte order mark. */
export function textOf(path: string): string {
  return readFileSync(path, "utf8").replace(/^\uFEFF/, "");
}

export function inFolder(folder: string, name: string): string {
  return resolve(dirname(folder), name);
}
