import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { namer } from "../../project/slashes.js";

/** The size in bytes, the time of the last change in milliseconds, and the hash that counts where that time differs. */
export type FileStamp = readonly [size: number, time: number, hash: string];

/** By path, which is relative to the folder of the file that they stand in. */
export type FileStamps = Readonly<Record<string, FileStamp>>;

/**
 * What some files are like now; those that are not there are left out.
 *
 * @param beside the file that the stamps will stand in
 */
export function stampsOf(files: Iterable<string>, beside: string): Record<string, FileStamp> {
  const nameOf = namer(dirname(beside));
  const present = [...new Set(files)].filter(existsSync);
  return Object.fromEntries(present.map((file) => [nameOf(file), fileStamp(file)]));
}

/** @returns the absolute path of the first file that is not as it was, undefined where there is none */
export function changedFile(stamps: FileStamps, beside: string): string | undefined {
  const folder = dirname(beside);
  const [changed] =
    Object.entries(stamps).find(([name, each]) => !isAsStamped(resolve(folder, name), each)) ?? [];
  return changed === undefined ? undefined : resolve(folder, changed);
}

function fileStamp(path: string): FileStamp {
  const { size, mtimeMs } = statSync(path);
  return [size, mtimeMs, hashOf(path)];
}

function isAsStamped(path: string, [size, time, hash]: FileStamp): boolean {
  const now = statSync(path, { throwIfNoEntry: false });
  if (now?.size !== size) return false;
  return now.mtimeMs === time || hashOf(path) === hash;
}

function hashOf(path: string): string {
  return createHash("sha256").update(readFileSync(path)).digest("base64url").slice(0, 22);
}
