import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * Runs "$@", and ends it when standard input ends, which it does with our process, however that dies: no daemon
 * outlives its test. (A parent-death signal would not do: it is lost when a daemon changes its user.)
 */
const guardian = `exec 3<&0
"$@" </dev/null 3<&- &
daemon=$!
(cat <&3 >/dev/null; kill -TERM $daemon) 2>/dev/null &
exec 3<&-
wait $daemon`;

/**
 * A daemon in the foreground, and whatever it forks: some daemons put their children into sessions of their own,
 * so that neither its process id nor its process group is all of it.
 */
export class ProcessTree {
  readonly #child: ChildProcess;
  #output = "";

  constructor(program: string, args: readonly string[]) {
    this.#child = spawn("/bin/sh", ["-c", guardian, "guardian", program, ...args], {
      stdio: ["pipe", "pipe", "pipe"],
      detached: true,
    });
    this.#child.stdout!.on("data", (chunk) => (this.#output += String(chunk)));
    this.#child.stderr!.on("data", (chunk) => (this.#output += String(chunk)));
    this.#child.stdin!.on("error", () => {});
    this.#child.on("error", (error) => (this.#output += error.message));
    process.once("exit", this.#kill);
  }

  /** Standard output and error so far. */
  get output(): string {
    return this.#output;
  }

  get running(): boolean {
    return this.#child.pid !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Ends every process of the tree, and waits until they are gone. */
  async stop(): Promise<void> {
    process.off("exit", this.#kill);
    const pids = this.#pids();
    for (const signal of ["SIGTERM", "SIGKILL"] as const) {
      for (const pid of pids) send(pid, signal);
      for (let waited = 0; waited < 2000 && pids.some(isAlive); waited += 10) await sleep(10);
    }
    if (this.running) await once(this.#child, "exit");
    if (pids.some(isAlive)) throw new Error(`processes ${pids.filter(isAlive).join(", ")} do not end`);
  }

  #kill = () => {
    for (const pid of this.#pids()) send(pid, "SIGKILL");
  };

  #pids(): number[] {
    return this.#child.pid === undefined ? [] : descendants(this.#child.pid);
  }
}

/** `root` and its descendants, from /proc/<pid>/stat: "pid (comm) state ppid …". */
function descendants(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const entry of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    const parent = Number(stat(Number(entry))?.[1]);
    children.set(parent, [...(children.get(parent) ?? []), Number(entry)]);
  }
  const found = [root];
  for (const pid of found) found.push(...(children.get(pid) ?? []));
  return found;
}

/** The fields of /proc/<pid>/stat after the command: state, ppid, … */
function stat(pid: number): string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "latin1");
    return text.slice(text.lastIndexOf(")") + 2).split(" ");
  } catch {
    return undefined;
  }
}

/** A zombie whose parent hasn't waited for it yet is over. */
function isAlive(pid: number): boolean {
  const state = stat(pid)?.[0];
  return state !== undefined && state !== "Z" && state !== "X";
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It is gone already.
  }
}
