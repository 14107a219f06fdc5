import { rules } from "../contract/rules.js";
import type { FindingKind } from "./finding.js";

export const callOrder: FindingKind = {
  code: "SOCKS1024",
  title: "Socket calls out of order",
  severity: "error",
  message: (subject, may) =>
    `'${subject}' ${may ? "may be out" : "is out"} of order; SOCKS expects: ${rules.bind}`,
  why: "The proxy answers a BIND twice: with the address where it listens, which getsockname gives and the program must tell its peer, and when the peer has come, which accept waits for.",
  mend: "Call bind, getsockname, listen and accept in that order.",
};
