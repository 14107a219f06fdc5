import { existsSync, readdirSync } from "node:fs";
import { basename, dirname } from "node:path";

/** Whether a file that was there a moment ago is there no more; one whose name can't be written in Unicode is. */
export function isGone(path: string): boolean {
  if (existsSync(path)) return false;
  const folder = dirname(path);
  return !existsSync(folder) || !readdirSync(folder).includes(basename(path));
}
