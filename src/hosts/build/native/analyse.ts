import { planFiles, textEdits, type DecideOptions, type FilePlan } from "../../../engine/index.js";
import type { NativeProgram } from "../../../resolvers/native/program.js";
import { EditedText } from "../edited.js";
import type { Survivors } from "./survivors.js";

/** What is to be done with a program. */
export interface Analysis {
  readonly plans: readonly FilePlan[];
  /** The texts that are compiled instead of the user's, by file name. No line moves. */
  readonly edited: ReadonlyMap<string, EditedText>;
}

/**
 * Fetches the syntax of the files that may matter, and of no other, and plans them with one resolver.
 *
 * @param begin when the compiler began to read the program's files, in milliseconds
 */
export function analyse(
  program: NativeProgram,
  survivors: Survivors,
  options: DecideOptions,
  begin: number,
): Analysis {
  const { ts } = program;
  const files = survivors
    .of(program.fileNames, options.modules, begin)
    .map((fileName) => program.getSourceFile(fileName))
    .filter((file) => file !== undefined);
  const plans = files.length > 0 ? planFiles(ts, files, program.resolver, options, program.fileNames) : [];
  const edited = new Map(
    plans
      .filter(({ rewrites }) => rewrites.length > 0)
      .map((plan) => [
        plan.file.fileName,
        new EditedText(plan.file.text, textEdits(ts, plan, { placement: "same-line" })),
      ]),
  );
  return { plans, edited };
}
