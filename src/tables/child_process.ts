import type { ModuleTable, Row } from "./schema.js";

const command = { class: "process", finding: "SOCKS1010", names: "command" } as const satisfies Row;

const line = { ...command, names: "shell" } as const satisfies Row;

/** https://nodejs.org/api/child_process.html */
export const childProcess = {
  module: "child_process",
  finding: "SOCKS1010",
  exports: {
    spawn: command,
    spawnSync: command,
    exec: line,
    execSync: line,
    execFile: command,
    execFileSync: command,
    fork: { class: "process", finding: "SOCKS1010", names: "file" },
    // Undocumented: `new ChildProcess().spawn(…)`. Reported where one is made; `instanceof` and types are no concern.
    ChildProcess: {
      class: "process",
      finding: "SOCKS1010",
      at: "construct",
      inertMembers: ["kill", "ref", "spawn", "unref"],
    },
  },
  // _forkChild is the child's side: it opens the pipe to its parent.
  inert: ["_forkChild"],
} as const satisfies ModuleTable;
