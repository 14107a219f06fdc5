import type ts from "typescript";
import { planFiles, type DecideOptions, type FilePlan, type TypeScript } from "../../engine/index.js";
import { ownFileNames, ownSources } from "../../project/program-files.js";
import { inProcessResolver } from "../../resolvers/in-process.js";

/** Plans by program: a host may ask for a transformer once per emitted file. */
const known = new WeakMap<ts.Program, ReadonlyMap<ts.SourceFile, FilePlan>>();

/** The plans for every file of a program that may matter. */
export function analyse(
  ts: TypeScript,
  program: ts.Program,
  options: DecideOptions,
): ReadonlyMap<ts.SourceFile, FilePlan> {
  const before = known.get(program);
  if (before) return before;
  const files = ownSources(program, options.modules);
  const resolver = inProcessResolver(ts, program.getTypeChecker());
  const plans = files.length > 0 ? planFiles(ts, files, resolver, options, ownFileNames(program)) : [];
  const byFile = new Map(plans.map((plan) => [plan.file, plan]));
  known.set(program, byFile);
  return byFile;
}

/** `ts.transpileModule` and its like make programs of one file that follow no import. */
export function hasTypes(program: ts.Program): boolean {
  const { noResolve, noLib } = program.getCompilerOptions();
  return !(noResolve && noLib);
}
