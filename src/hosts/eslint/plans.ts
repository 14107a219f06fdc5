import { dirname } from "node:path";
import type ts from "typescript";
import {
  mayMatter,
  planFiles,
  type DecideOptions,
  type FilePlan,
  type Resolver,
  type TypeScript,
} from "../../engine/index.js";
import { compilerFor } from "../../project/compiler.js";
import { inProcessResolver } from "../../resolvers/in-process.js";

/** What ESLint knows of a file. */
export interface SourceCode {
  readonly text: string;
  readonly parserServices?: { readonly program?: ts.Program | null };
}

/** A file's plan, and the namespace to read it with. */
export interface LintedFile {
  readonly ts: TypeScript;
  readonly plan: FilePlan;
}

/** Without types: what the file's own imports say is all there is. */
const syntaxOnly: Resolver = { resolve: (questions) => questions.map(() => ({ kind: "unknown" })) };

/** One plan a file, whichever rules ask. */
const known = new WeakMap<SourceCode, LintedFile | undefined>();

/**
 * The plan of a file. With a parser that has types (typescript-eslint's `projectService` or `project`), methods of
 * sockets are found too; without, only what is imported.
 */
export function planOf(
  sourceCode: SourceCode,
  fileName: string,
  options: DecideOptions,
): LintedFile | undefined {
  if (!known.has(sourceCode)) known.set(sourceCode, plan(sourceCode, fileName, options));
  return known.get(sourceCode);
}

function plan(
  { text, parserServices }: SourceCode,
  fileName: string,
  options: DecideOptions,
): LintedFile | undefined {
  if (!mayMatter(text, options.modules)) return undefined;
  const { ts } = compilerFor(dirname(fileName));
  const program = parserServices?.program;
  const typed = program?.getSourceFile(fileName);
  const file = typed ?? ts.createSourceFile(fileName, text, ts.ScriptTarget.Latest, true);
  const resolver = typed ? inProcessResolver(ts, program!.getTypeChecker()) : syntaxOnly;
  const [only] = planFiles(ts, [file], resolver, options);
  return only && { ts, plan: only };
}
