import { randomBytes } from "node:crypto";
import { readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";

/** Names of the files that stand beside others while they are replaced, and of the process that made them. */
const litter = /\.tsocksify-(\d+)-[0-9a-f]{8}\.(?:tmp|bak)$/;

/** The part of such names that is this process's own, and that of one replacement. */
export function litterTag(): string {
  return `tsocksify-${process.pid}-${randomBytes(4).toString("hex")}`;
}

/**
 * Removes what a process that was killed while it replaced files has left beside them. Each of the files is the old one
 * or the new one; what is removed is only copies.
 *
 * @param files absolute paths; their folders are looked into
 */
export function removeLitter(files: readonly string[]): void {
  for (const folder of new Set(files.map((file) => dirname(file))))
    for (const name of namesIn(folder)) {
      const [, pid] = litter.exec(name) ?? [];
      if (pid !== undefined && !isRunning(Number(pid))) rmSync(join(folder, name), { force: true });
    }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}
