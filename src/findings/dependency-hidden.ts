import type { FindingKind } from "./finding.js";

export const dependencyHidden: FindingKind = {
  code: "SOCKS1203",
  title: "A dependency is partly out of sight",
  severity: "warning",
  message: (subject) => `'${subject}' does what can't be followed from here`,
  why: "Child processes, native addons, evaluated code and modules that are loaded under unknown names open sockets of their own, or not: nothing here can tell.",
  mend: "See what the call site does; the guard of the runtime tells of connections that did not come through it.",
};
