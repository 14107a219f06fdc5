import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { litterTag } from "./litter.js";
import { InputError } from "../../project/input-error.js";
import { namingPath } from "../../project/system-error.js";

/** A file that gets other bytes. */
export interface Replacement {
  /** Absolute path, without symbolic links. */
  readonly path: string;
  /** What must still be there; undefined: no file. */
  readonly before: Buffer | undefined;
  /** Undefined: the file goes away. */
  readonly after: Buffer | undefined;
}

/** The writing was stopped before any file was changed. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
}

interface Staged extends Replacement {
  /** The new content, beside the file. */
  readonly temporary: string;
  /** A second name of the old content, to go back to. */
  readonly backup: string;
}

/**
 * Replaces all files or none. The new contents are written beside the old ones first; only when all of them are
 * on disk are they renamed into place, and if one rename fails, those before it are undone.
 *
 * @param isStopped asked between files, as long as nothing has been renamed
 * @throws Node's error, an {@link InputError} where a file has changed since it was read, or {@link Interrupted};
 *   each time every file is as it was
 */
export async function replaceAll(
  replacements: readonly Replacement[],
  isStopped: () => boolean = () => false,
): Promise<void> {
  const tag = litterTag();
  const staged: Staged[] = [];
  const done: Staged[] = [];
  try {
    for (const replacement of replacements) {
      const { path } = replacement;
      const each = { ...replacement, temporary: `${path}.${tag}.tmp`, backup: `${path}.${tag}.bak` };
      staged.push(each);
      namingPath(path, () => stage(each));
      // Signals are told between turns of the event loop.
      await new Promise((resolve) => setImmediate(resolve));
      if (isStopped()) throw new Interrupted("interrupted: no file was changed");
    }
    for (const each of staged) {
      namingPath(each.path, () => {
        if (each.before) keep(each);
        if (each.after) renameSync(each.temporary, each.path);
        else rmSync(each.path);
      });
      done.push(each);
    }
  } catch (error) {
    for (const each of done.toReversed()) undo(each);
    throw error;
  } finally {
    for (const { temporary, backup } of staged) {
      rmSync(temporary, { force: true });
      rmSync(backup, { force: true });
    }
  }
}

function stage({ path, before, after, temporary }: Staged): void {
  const found = existsSync(path) ? readFileSync(path) : undefined;
  const isUnchanged = before && found ? before.equals(found) : before === found;
  if (!isUnchanged) throw new InputError(`${path} was changed while it was being looked at`);
  // A rename would not ask.
  if (found) accessSync(path, constants.W_OK);
  if (!after) return;
  mkdirSync(dirname(path), { recursive: true });
  const mode = found ? statSync(path).mode & 0o7777 : 0o644;
  const file = openSync(temporary, "wx", mode);
  try {
    for (let written = 0; written < after.length;) written += writeSync(file, after, written);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  // The process's umask had its say in openSync.
  if (found) chmodSync(temporary, mode);
}

function keep({ path, backup }: Staged): void {
  try {
    linkSync(path, backup);
  } catch {
    // Not every file system has links.
    copyFileSync(path, backup, constants.COPYFILE_EXCL);
  }
}

function undo({ path, before, backup }: Staged): void {
  if (!before) rmSync(path, { force: true });
  else if (existsSync(backup)) renameSync(backup, path);
}
