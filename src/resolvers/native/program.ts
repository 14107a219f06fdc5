import type ts from "typescript";
import type { Resolver, TypeScript } from "../../engine/vocabulary.js";

/** What a native parser could not read. */
export interface NativeSyntaxError {
  readonly fileName: string;
  /** Where it is in the text, from 0. */
  readonly start: number;
  readonly message: string;
}

/** A program inside a native compiler: all that the engine needs to plan its files. */
export interface NativeProgram {
  /** The namespace to read its syntax trees with. */
  readonly ts: TypeScript;
  readonly resolver: Resolver;
  /** All files, declaration files and libraries included. */
  readonly fileNames: readonly string[];
  /** Fetches a file's syntax tree, and keeps it: only for files that may matter. */
  getSourceFile(fileName: string): ts.SourceFile | undefined;
  /** Whether it is a package's, which nothing is emitted of, though a link may lead to it from node_modules. */
  isExternal(fileName: string): boolean;
  /** The same program, whose syntax trees are kept until it is disposed of. */
  apart(): DisposableProgram;
  /** What can't be parsed in some files, in one round trip. */
  syntaxErrors(fileNames: readonly string[]): readonly NativeSyntaxError[];
}

export interface DisposableProgram extends NativeProgram {
  /** Nobody will ask for it any more. */
  dispose(): void;
}

/** A running native compiler. */
export interface NativeCompiler<Program extends DisposableProgram = DisposableProgram> {
  /**
   * What it has in common with the one before, libraries above all, is not parsed again, though that was disposed of.
   *
   * @param configFileName absolute path of a tsconfig.json
   */
  openProject(configFileName: string): Program;
  /**
   * The project that was opened last, with files that it does not have, and in its place. Only where a compiler makes
   * programs of any files.
   *
   * @param more absolute paths
   */
  openWith?(configFileName: string, more: readonly string[]): Program;
  /** Ends the compiler's process. */
  close(): void;
}

export interface NativeCompilerOptions {
  /** The folder of the user's `typescript` package. */
  readonly packageFolder: string;
  /** Absolute path of the working directory. */
  readonly directory: string;
  /** Whether it is asked again and again, as in watch mode. */
  readonly lasts?: boolean;
}
