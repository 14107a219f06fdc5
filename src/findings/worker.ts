import type { FindingKind } from "./finding.js";

export const worker: FindingKind = {
  code: "SOCKS1011",
  title: "A worker runs code that was not looked at here",
  severity: "warning",
  message: (subject) => `'${subject}' starts code in another thread or process`,
  why: "The worker's entry is a program of its own. It is SOCKSified only if it is compiled with tsocksify as well, and it reads the configuration again.",
  mend: "Compile the worker's entry in the same project.",
};
