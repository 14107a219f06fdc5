import type { ModuleTable, Row } from "./schema.js";

const setup = {
  class: "process",
  finding: "SOCKS1011",
  names: "file",
  option: "exec",
} as const satisfies Row;

/** https://nodejs.org/api/cluster.html */
export const cluster = {
  module: "cluster",
  finding: "SOCKS1011",
  exports: {
    // Say which file the workers run, or else they run the one that the program was started with.
    setupPrimary: setup,
    setupMaster: setup,
  },
  aliases: { Cluster: "cluster" },
  inert: [
    "SCHED_NONE",
    "SCHED_RR",
    "Worker",
    "disconnect",
    // Runs the file that setupPrimary names, or else this program again.
    "fork",
    "isMaster",
    "isPrimary",
    "isWorker",
    "schedulingPolicy",
    "settings",
    "workers",
  ],
  inertMembers: { Worker: ["destroy", "disconnect", "isConnected", "isDead", "kill", "send"] },
} as const satisfies ModuleTable;
