import type ts from "typescript";
import { isLinked, planFiles, type DecideOptions, type FilePlan, type TypeScript } from "../engine/index.js";
import { inProcessResolver } from "../resolvers/in-process.js";
import { ownFileNames, ownSources } from "./program-files.js";

const known = new WeakMap<ts.Program, Map<string, FilePlan>>();

/**
 * The plan of one file of a program, for hosts that are asked file by file: what the plan of the whole program says of
 * it. Made once for each program and choice of options.
 *
 * @param file one of the program's own
 */
export function filePlan(
  ts: TypeScript,
  program: ts.Program,
  file: ts.SourceFile,
  options: DecideOptions,
): FilePlan {
  const plans = known.get(program) ?? new Map<string, FilePlan>();
  known.set(program, plans);
  const { any, modules } = options;
  const key = ({ fileName }: ts.SourceFile): string => JSON.stringify([fileName, any, modules]);
  if (!plans.has(key(file))) {
    const files = isLinked(file.text, modules)
      ? [...new Set([file, ...ownSources(program, modules)])].filter(({ text }) => isLinked(text, modules))
      : [file];
    const resolver = inProcessResolver(ts, program.getTypeChecker());
    for (const plan of planFiles(ts, files, resolver, options, ownFileNames(program)))
      plans.set(key(plan.file), plan);
  }
  return plans.get(key(file))!;
}
