import { resolve } from "node:path";
import type ts from "typescript";
import { reportOf, type FilePlan, type TypeScript } from "../../engine/index.js";
import { replaceFile } from "../../project/replace-file.js";
import { namer } from "../../project/slashes.js";

/** Writes the report of a program's compilation. */
export function writeReport(
  ts: TypeScript,
  program: ts.Program,
  plans: readonly FilePlan[],
  path: string,
): void {
  const root = program.getCurrentDirectory();
  const target = resolve(root, path);
  const report = reportOf(ts, plans, namer(root));
  replaceFile(target, `${JSON.stringify(report, undefined, 2)}\n`);
}
