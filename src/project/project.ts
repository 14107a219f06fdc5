import type ts from "typescript";
import type { Resolver, TypeScript } from "../engine/index.js";
import type { Compiler } from "./compiler.js";

/** Files that are looked at together: those of a tsconfig.json, or what belongs to none. */
export interface Project {
  /** Absolute path; undefined for files that no tsconfig.json includes. */
  readonly tsconfig: string | undefined;
  readonly compiler: Compiler;
  readonly options: ts.CompilerOptions;
  readonly references: readonly ts.ProjectReference[];
  /** Files that declare names which others see without an import. */
  readonly ambient: readonly string[];
  /** Absolute paths of those that may have a call site. */
  readonly files: readonly string[];
  /** Absolute paths of all source files that are looked at, those of other projects too. */
  readonly looked: ReadonlySet<string>;
}

/** A project's types. */
export interface LoadedProject {
  /** The namespace that its files are read with. */
  readonly ts: TypeScript;
  /**
   * The project's `files`, each in one portion. Those that can only be planned together are in one.
   *
   * @param modules what the option `modules` names
   */
  portions(modules: readonly string[]): Iterable<Portion>;
  /** Absolute paths of the files that the types come from, also of packages. */
  inputs(): string[];
  /**
   * Nobody will ask for it any more.
   *
   * @param isSpoilt something failed, so that nobody knows what its compiler will answer next
   */
  close(isSpoilt?: boolean): void;
}

/** Some files of a project, which may be forgotten before the next ones are there. */
export interface Portion {
  /** With parents set. */
  readonly files: readonly ts.SourceFile[];
  readonly resolver: Resolver;
  /** What can't be parsed; such files are not among `files`. */
  readonly problems: readonly Problem[];
}

/** A file that can't be looked at. */
export interface Problem {
  /** Absolute path. */
  readonly file: string;
  /** From 1; undefined where it is about the file as a whole. */
  readonly line?: number;
  readonly column?: number;
  readonly message: string;
}
