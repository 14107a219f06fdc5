import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import type ts from "typescript";
import { reportOf, type FilePlan, type TypeScript } from "../../engine/index.js";

/** Writes the report of a program's compilation; a reader sees the old file or the new one, never half of it. */
export function writeReport(
  ts: TypeScript,
  program: ts.Program,
  plans: readonly FilePlan[],
  path: string,
): void {
  const root = program.getCurrentDirectory();
  const target = resolve(root, path);
  const report = reportOf(ts, plans, (fileName) => relative(root, fileName).replaceAll("\\", "/"));
  mkdirSync(dirname(target), { recursive: true });
  const temporary = `${target}.${process.pid}.tmp`;
  writeFileSync(temporary, `${JSON.stringify(report, undefined, 2)}\n`);
  renameSync(temporary, target);
}
