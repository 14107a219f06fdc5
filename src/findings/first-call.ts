import { rules } from "../contract/rules.js";
import type { FindingKind } from "./finding.js";

export const firstCall: FindingKind = {
  code: "SOCKS1020",
  title: "The first socket call is neither connect nor rcmd",
  severity: "error",
  message: (subject, may) =>
    `'${subject}' ${may ? "may be called" : "is called"} before any connect; SOCKS expects: ${rules.first}`,
  why: "The proxy serves a client: it accepts a connection only from the host that the client has connected to before.",
  mend: "Connect to the service's host first, or leave this program out: a server that waits for anybody can't be SOCKSified.",
};
