import { rmdirSync } from "node:fs";
import { dirname } from "node:path";
import { bytesOf, type Change } from "../hosts/codemod/change.js";
import { uncommitted } from "../hosts/codemod/git.js";
import { recordReplacement, type CodemodRecord } from "../hosts/codemod/record.js";
import { replaceAll } from "../hosts/codemod/transaction.js";
import { InputError } from "../project/input-error.js";

/** What ends a program that does not listen; the last when its terminal is closed. */
const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Writes all changes and, where there is one, the record of them, or nothing. Ctrl-C is heard until the first file is
 * renamed into place; from then on the rest follows at once.
 *
 * @throws InputError, Interrupted, or Node's error: then every file is as it was
 */
export async function writeChanges(
  changes: readonly Change[],
  record?: { readonly root: string; readonly content: CodemodRecord },
): Promise<void> {
  const kept = record && recordReplacement(record.root, record.content);
  let isStopped = false;
  const stop = (): void => {
    isStopped = true;
  };
  for (const signal of signals) process.on(signal, stop);
  try {
    await replaceAll(
      [
        // First, so that even after a power failure half-way it is known what was written.
        ...(kept?.before || kept?.after ? [kept] : []),
        ...changes.map((change) => ({
          path: change.path,
          before: change.before?.bytes,
          after: bytesOf(change),
        })),
      ],
      () => isStopped,
    );
  } finally {
    for (const signal of signals) process.off(signal, stop);
  }
  if (kept && !kept.after) removeIfEmpty(dirname(kept.path));
}

/**
 * @throws InputError where Git could not bring back what the changes replace
 */
export function refuseUncommitted(cwd: string, changes: readonly Change[]): void {
  const names = uncommitted(
    cwd,
    changes.map(({ path }) => path),
  );
  if (names.length === 0) return;
  const shown = names.slice(0, 3).join(", ");
  const more = names.length > 3 ? ` and ${names.length - 3} more` : "";
  throw new InputError(`not committed: ${shown}${more}; commit them first, or use --force`);
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // There is something else in it, or it never was.
  }
}
