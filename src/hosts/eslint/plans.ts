import { dirname } from "node:path";
import type ts from "typescript";
import {
  mayMatter,
  mayMatterSomewhere,
  planFiles,
  type DecideOptions,
  type FilePlan,
  type TypeScript,
} from "../../engine/index.js";
import { compilerFor } from "../../project/compiler.js";
import { filePlan } from "../../project/file-plan.js";
import { makerOf } from "../../project/maker.js";
import { untypedFile } from "../../resolvers/untyped.js";
import { settingsOf } from "../build/settings.js";
import { folderOf, readConfig } from "../tspatch/config.js";

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

/** Plans of files without types, by the modules that rules name: one plan, whichever rules ask. */
const known = new WeakMap<SourceCode, Map<string, LintedFile>>();

/**
 * The plan of a file. With a parser that has types (typescript-eslint's `projectService` or `project`), methods of
 * sockets are found too; without, only what is imported.
 *
 * @param options what the rule says; where it says nothing, the plugin's entry in tsconfig.json does, or else the
 *   configuration file
 */
export function planOf(
  sourceCode: SourceCode,
  fileName: string,
  options: DecideOptions,
): LintedFile | undefined {
  if (!mayMatterSomewhere(sourceCode.text)) return undefined;
  const program = sourceCode.parserServices?.program;
  const typed = program?.getSourceFile(fileName);
  if (!program || !typed) return untyped(sourceCode, fileName, options);
  const { plugins } = program.getCompilerOptions();
  const { any, modules } = { ...settingsOf(plugins, folderOf(program)), ...options };
  if (!mayMatter(sourceCode.text, modules)) return undefined;
  const ts = makerOf(typed, compilerFor(dirname(fileName)).ts);
  return { ts, plan: filePlan(ts, program, typed, { any, modules }) };
}

function untyped(sourceCode: SourceCode, fileName: string, written: DecideOptions): LintedFile | undefined {
  const folder = dirname(fileName);
  // Without types, any value may be anything.
  const { modules } = { ...readConfig({}, folder), ...written };
  if (!mayMatter(sourceCode.text, modules)) return undefined;
  const plans = known.get(sourceCode) ?? new Map<string, LintedFile>();
  known.set(sourceCode, plans);
  const key = (modules ?? []).join("\n");
  const before = plans.get(key);
  if (before) return before;
  const { ts } = compilerFor(folder);
  const { file, resolver } = untypedFile(ts, fileName, sourceCode.text);
  const [plan] = planFiles(ts, [file], resolver, { any: "ignore", modules });
  const linted = { ts, plan: plan! };
  plans.set(key, linted);
  return linted;
}
