import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

/** A command as a person runs it. */
export interface Command {
  readonly args: readonly string[];
  readonly directory: string;
  /** Exit codes that say it did its work; sources as they are published have type errors. */
  readonly codes: readonly number[];
}

/** What a command took, from its start to its end, with the processes that it started. */
export interface Spent {
  readonly seconds: number;
  /** Processor time of all its processes, in seconds: what else happens on the machine matters less. */
  readonly cpu: number;
  /** The highest memory of the command's own process, in bytes; NaN where the system does not tell. */
  readonly ownPeak: number;
  /** The sum of the highest memory of each of its processes, in bytes: the whole command took no more. */
  readonly peak: number;
}

const POLL_MS = 25;

/**
 * Runs Node on a command and waits for it.
 *
 * @throws Error where it ends in another way than it should, with what it said last
 */
export async function wholeProcess({ args, directory, codes }: Command): Promise<Spent> {
  const begin = performance.now();
  const child = spawn(process.execPath, args, { cwd: directory, stdio: ["ignore", "pipe", "pipe"] });
  let tail = "";
  const keep = (text: string): void => void (tail = (tail + text).slice(-2000));
  child.stdout.setEncoding("utf8").on("data", keep);
  child.stderr.setEncoding("utf8").on("data", keep);
  const seen: Processes = new Map();
  const poll = setInterval(() => note(child.pid!, seen), POLL_MS);
  const code = await new Promise<number | null>((resolve, reject) =>
    child.once("error", reject).once("close", resolve),
  );
  const seconds = (performance.now() - begin) / 1000;
  clearInterval(poll);
  if (code === null || !codes.includes(code))
    throw new Error(`${args.join(" ")} in ${directory} ended with ${code}:\n${tail}`);
  const all = [...seen.values()];
  const sum = (of: (each: Process) => number): number => all.reduce((total, each) => total + of(each), 0);
  return {
    seconds,
    cpu: sum(({ ticks }) => ticks) / TICKS_PER_SECOND,
    ownPeak: seen.get(child.pid!)?.peak ?? Number.NaN,
    peak: all.length > 0 ? sum(({ peak }) => peak) : Number.NaN,
  };
}

interface Process {
  readonly peak: number;
  readonly ticks: number;
}

type Processes = Map<number, Process>;

/** USER_HZ, which is 100 on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

/**
 * Linux keeps each process's highest resident memory and its processor time (proc(5): `stat`, fields 14 and 15). What
 * is missed is what comes after the last look.
 */
function note(pid: number, seen: Processes): void {
  try {
    const [, kibibytes] = /^VmHWM:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const ticks = Number(fields[11]) + Number(fields[12]);
    // A process that has ended, and is not yet waited for, has no memory any more.
    if (kibibytes) seen.set(pid, { peak: Number(kibibytes) * 1024, ticks });
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
    if (children) for (const child of children.split(" ")) note(Number(child), seen);
  } catch {
    // It has ended meanwhile, or this system tells nothing of the kind.
  }
}
