import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/**
 * Makes a folder beside another one. It goes away with this process, if not before; one that a killed process left
 * goes away when the next is made.
 */
export function temporaryFolderBeside(base: string): string {
  removeAbandoned(base);
  // Before there is a folder that could be left.
  endWithSignals();
  const folder = mkdtempSync(`${prefixOf(base)}${process.pid}-`);
  live.add(folder);
  return folder;
}

export function removeTemporary(folder: string): void {
  live.delete(folder);
  rmSync(folder, { recursive: true, force: true });
}

/** Those that this process has to remove before it ends. */
const live = new Set<string>();

/** How the names of those beside a folder begin; the number of the process that made it follows. */
const prefixOf = (base: string): string => join(dirname(base), `${basename(base)}-tsocksify-`);

/** Those of processes that were killed. */
function removeAbandoned(base: string): void {
  const prefix = basename(prefixOf(base));
  for (const name of readdirSync(dirname(base))) {
    if (!name.startsWith(prefix)) continue;
    const [pid] = /^\d+(?=-)/.exec(name.slice(prefix.length)) ?? [];
    if (pid !== undefined && !isAlive(Number(pid)))
      rmSync(join(dirname(base), name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** What a shell expects of a process that a signal ended: 128 and its number. */
const signals = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;
let isEnding = false;

/** A signal that comes while the compiler runs waits for it, and then ends this process with none of them left. */
function endWithSignals(): void {
  if (isEnding) return;
  isEnding = true;
  process.once("exit", () => live.forEach(removeTemporary));
  for (const [signal, code] of Object.entries(signals)) process.once(signal, () => process.exit(code));
}
