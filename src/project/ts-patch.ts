import { closeSync, openSync, readSync } from "node:fs";
import { join } from "node:path";

/** What `ts-patch install` puts before everything else of a file that it has patched. */
const MARK = "/// tsp-module:";

/** Whether `ts-patch install` has patched a TypeScript, so that its `tsc` obeys `plugins`. */
export function isPatched(typescriptFolder: string): boolean {
  let file: number;
  try {
    file = openSync(join(typescriptFolder, "lib/typescript.js"), "r");
  } catch {
    return false;
  }
  try {
    const start = Buffer.alloc(MARK.length);
    readSync(file, start, 0, start.length, 0);
    return start.toString("latin1") === MARK;
  } finally {
    closeSync(file);
  }
}
