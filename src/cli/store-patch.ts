import { resolve } from "node:path";
import type { Change } from "../hosts/codemod/change.js";
import { patchOf } from "../hosts/codemod/patch.js";
import { replaceFile } from "../project/replace-file.js";

/**
 * Writes a patch of all changes.
 *
 * @param file relative to `cwd`; `-` is standard output
 * @returns where it is now, in words
 */
export function storePatch(changes: readonly Change[], file: string, cwd: string): string {
  const patch = patchOf(changes);
  if (file === "-") process.stdout.write(patch);
  else replaceFile(resolve(cwd, file), patch);
  return file === "-" ? "Written to standard output." : `Written to ${file}.`;
}
