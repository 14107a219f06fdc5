import { planFiles, textEdits, type DecideOptions } from "../../../engine/index.js";
import { portionsOf } from "../../../resolvers/native/portions.js";
import type { NativeProgram } from "../../../resolvers/native/program.js";
import { EditedText } from "../edited.js";
import { findingsOf, type NativeDiagnostic } from "./diagnostics.js";
import { sourcesAmong, type Survivors } from "./survivors.js";

/** What is to be said of a program, and done with it. */
export interface Analysis {
  readonly findings: NativeDiagnostic[];
  /** The texts that are compiled instead of the user's, by file name. No line moves. */
  readonly edited: ReadonlyMap<string, EditedText>;
}

/**
 * Fetches the syntax of the files that may matter, and of no other, and plans them.
 *
 * @param roots absolute paths of the files that the project lists
 * @param begin when the compiler began to read the program's files, in milliseconds
 */
export function analyse(
  program: NativeProgram,
  roots: readonly string[],
  survivors: Survivors,
  options: DecideOptions,
  begin: number,
): Analysis {
  const { ts, fileNames } = program;
  const { modules = [] } = options;
  const findings: NativeDiagnostic[] = [];
  const edited = new Map<string, EditedText>();
  const wanted = survivors.of(sourcesAmong(fileNames, roots), modules, begin);
  for (const { files, program: part } of portionsOf(program, wanted, modules)) {
    // Of most files nothing is wanted, and each question takes a while.
    const plans = planFiles(ts, files, part.resolver, options, fileNames).filter(
      ({ file, rewrites, findings }) =>
        rewrites.length + findings.length > 0 && !program.isExternal(file.fileName),
    );
    findings.push(...findingsOf(ts, plans));
    for (const plan of plans) {
      const { file, rewrites } = plan;
      if (rewrites.length > 0)
        edited.set(file.fileName, new EditedText(file.text, textEdits(ts, plan, { placement: "same-line" })));
    }
  }
  return { findings, edited };
}
