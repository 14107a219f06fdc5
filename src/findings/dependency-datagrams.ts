import type { FindingKind } from "./finding.js";

export const dependencyDatagrams: FindingKind = {
  code: "SOCKS1202",
  title: "A dependency sends datagrams",
  severity: "error",
  message: (subject) => `'${subject}' uses datagrams (SOCK_DGRAM); SOCKS here is TCP only`,
  why: "No host can SOCKSify datagrams, and no connection that the library is handed changes where they go. They bypass the proxy.",
  mend: "Take another library, or see to it that the call site is never reached: the guard of the runtime tells. What is known and accepted belongs in the baseline.",
};
