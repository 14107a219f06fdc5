import type ts from "typescript";
import { isLinked } from "../../engine/index.js";
import type { NativeProgram } from "./program.js";

/** How much text the files of one portion have, in UTF-16 code units. Their syntax takes some ten times as much. */
const SIZE = 4 * 2 ** 20;

/** Some files of a program, and the program that answers for them while they are looked at. */
export interface NativePortion {
  readonly program: NativeProgram;
  readonly files: readonly ts.SourceFile[];
}

/**
 * Fetches the files one portion after the other: the syntax of one is given up before the next is fetched. Files that can
 * only be planned together are the last one.
 *
 * @param modules what the option `modules` names
 * @param portion how much text one has at least, but the last, in UTF-16 code units
 */
export function* portionsOf(
  program: NativeProgram,
  fileNames: readonly string[],
  modules: readonly string[],
  portion = SIZE,
): Generator<NativePortion> {
  const linked: string[] = [];
  for (let next = 0; next < fileNames.length;)
    yield* portionApart(program, ({ getSourceFile }) => {
      const files: ts.SourceFile[] = [];
      for (let size = 0; next < fileNames.length && size < portion; next++) {
        const file = getSourceFile(fileNames[next]!);
        if (!file) continue;
        if (isLinked(file.text, modules)) linked.push(fileNames[next]!);
        else files.push(file);
        size += file.text.length;
      }
      return files;
    });
  if (linked.length > 0)
    yield* portionApart(program, ({ getSourceFile }) => linked.map((name) => getSourceFile(name)!));
}

/** The files that are fetched, if there are any, for as long as they are looked at. */
function* portionApart(
  whole: NativeProgram,
  fetch: (program: NativeProgram) => readonly ts.SourceFile[],
): Generator<NativePortion> {
  const program = whole.apart();
  try {
    const files = fetch(program);
    if (files.length > 0) yield { program, files };
  } finally {
    program.dispose();
  }
}
