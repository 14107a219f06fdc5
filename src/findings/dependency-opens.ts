import type { FindingKind } from "./finding.js";

export const dependencyOpens: FindingKind = {
  code: "SOCKS1201",
  title: "A dependency opens sockets of its own",
  severity: "warning",
  message: (subject) => `'${subject}' opens sockets by itself, and nobody rewrites it here`,
  why: "A library that was not compiled with tsocksify dials by itself: its connections are direct, unless it is handed a socket or an agent that was made by rewritten code.",
  mend: "Hand it a connection, where it takes one; or compile it too: `tsocksify codemod node_modules/NAME --patch FILE` gives the changes.",
};
