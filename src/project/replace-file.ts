import {
  lstatSync,
  mkdirSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, resolve } from "node:path";
import { namingPath } from "./system-error.js";

/**
 * Writes a file; a reader sees the old one or the new one, never half of it. Folders are made as needed, links are
 * followed, and what is no file (a pipe, a terminal, /dev/stdout) is written to.
 *
 * @throws Node's error, with the path that was given
 */
export function replaceFile(path: string, content: string | Uint8Array): void {
  namingPath(path, () => {
    if (isDevice(path)) writeFileSync(path, content);
    else replace(targetOf(path), content);
  });
}

function replace(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, content);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function isDevice(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return found !== undefined && !found.isFile() && !found.isDirectory();
}

/** Where links lead, also one to a file that is yet to be made. */
function targetOf(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  return isLink ? targetOf(resolve(realpathSync(dirname(path)), readlinkSync(path))) : path;
}
