import { rules } from "../contract/rules.js";
import type { FindingKind } from "./finding.js";

export const onePeer: FindingKind = {
  code: "SOCKS1027",
  title: "A second accept on one descriptor",
  severity: "warning",
  message: (subject, may) =>
    `'${subject}' ${may ? "may wait" : "waits"} for another peer on a descriptor that has accepted one; SOCKS expects: ${rules.bind}`,
  why: "RFC 1928 §6: one BIND accepts one peer. A second accept fails.",
  mend: "Bind a descriptor of its own for each peer.",
};
