import { rules } from "../contract/rules.js";
import type { FindingKind } from "./finding.js";

export const earlyIo: FindingKind = {
  code: "SOCKS1021",
  title: "I/O while a nonblocking connect is under way",
  severity: "error",
  message: (subject, may) =>
    `'${subject}' ${may ? "may do I/O" : "does I/O"} on a descriptor whose connect is under way; SOCKS expects: ${rules.nonblocking}`,
  why: "Until connect is done, the descriptor carries the conversation with the proxy. What the program writes would get into it, and what it reads belongs to it. That the descriptor is writable says only that the proxy is reached.",
  mend: "Call connect again, after select says that the descriptor is writable, until it says EISCONN.",
};
