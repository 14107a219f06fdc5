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
  for (let next = 0; next < fileNames.length;) {
    const part = program.apart();
    try {
      const files: ts.SourceFile[] = [];
      for (let size = 0; next < fileNames.length && size < portion; next++) {
        const file = part.getSourceFile(fileNames[next]!);
        if (!file) continue;
        if (isLinked(file.text, modules)) linked.push(fileNames[next]!);
        else files.push(file);
        size += file.text.length;
      }
      if (files.length > 0) yield { program: part, files };
    } finally {
      part.dispose();
    }
  }
  if (linked.length === 0) return;
  const part = program.apart();
  try {
    yield { program: part, files: linked.map((name) => part.getSourceFile(name)!) };
  } finally {
    part.dispose();
  }
}
