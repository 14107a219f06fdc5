import type ts from "typescript";
import type { FilePlan, TypeScript } from "../../../engine/index.js";
import { buildInfoOf } from "../../../project/build-info.js";
import { folderOf } from "../../tspatch/config.js";
import { rewriter } from "../../tspatch/rewriter.js";
import { changedSources, editsOf } from "./edits.js";
import type { Outputs, ProjectKey } from "./outputs.js";

/** Where the compiler has the .tsbuildinfo of a project; its tsconfig.json where it keeps none. */
export function projectOf(ts: TypeScript, options: ts.CompilerOptions): ProjectKey {
  const { configFilePath } = options;
  return buildInfoOf(ts, options) ?? (typeof configFilePath === "string" ? configFilePath : "");
}

/**
 * Emits the files that are rewritten, in the place of what the compiler wanted to write. What a type comes from can change
 * without the compiler emitting a file anew (`isolatedModules`), and so can our own options: then that file is emitted, too.
 */
export function emit(
  ts: TypeScript,
  program: ts.Program,
  plans: ReadonlyMap<ts.SourceFile, FilePlan>,
  outputs: Outputs,
  project: ProjectKey,
): void {
  const { outFile, noEmit, emitDeclarationOnly } = program.getCompilerOptions();
  const [before, now] = [outputs.editsOf(project), editsOf(ts, plans.values())];
  const made = new Map(before);
  const emitted = (target?: ts.SourceFile): boolean => {
    const put: ts.WriteFileCallback = (path, text, byteOrderMark) =>
      target && /\.d\.\w*\.?[cm]?ts(?:\.map)?$/.test(path)
        ? outputs.replace(path, text)
        : outputs.put(path, text, byteOrderMark);
    return !program.emit(target, put, undefined, false, { before: [rewriter(ts, plans)] }).emitSkipped;
  };
  const changed = changedSources(program, before, now);
  const isIncomplete = outputs.isIncomplete(project);
  const isNeeded = outputs.hasCompiled || changed.length > 0 || isIncomplete;
  // Up to 5.5, `-b` emits nothing of a project with errors.
  const isEmitting = isNeeded && !noEmit && (outputs.hasCompiled || isFine(ts, program));
  if (isEmitting) {
    const rewritten = [...plans.values()].filter(({ rewrites }) => rewrites.length > 0);
    const files = new Set([...rewritten.map(({ file }) => file), ...changed]);
    const isWhole = outFile !== undefined || isIncomplete;
    for (const target of !isWhole ? files : files.size > 0 || isIncomplete ? [undefined] : []) {
      if (!emitted(target)) continue;
      if (!emitDeclarationOnly)
        for (const { fileName } of target ? [target] : files) remember(made, fileName, now.get(fileName));
      if (!target) outputs.complete(project);
    }
    if (changed.length > 0) outputs.holdBuildInfo(project);
  }
  outputs.keepEdits(project, folderOf(program), made);
}

function remember(made: Map<string, string>, name: string, edits: string | undefined): void {
  if (edits === undefined) made.delete(name);
  else made.set(name, edits);
}

function isFine(ts: TypeScript, program: ts.Program): boolean {
  return [
    program.getOptionsDiagnostics(),
    program.getSyntacticDiagnostics(),
    program.getSemanticDiagnostics(),
  ]
    .flat()
    .every(({ category }) => category !== ts.DiagnosticCategory.Error);
}
