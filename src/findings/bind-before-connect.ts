import { rules } from "../contract/rules.js";
import type { FindingKind } from "./finding.js";

export const bindBeforeConnect: FindingKind = {
  code: "SOCKS1025",
  title: "A bind before connect claims a port or an interface",
  severity: "error",
  message: (subject, may) =>
    `'${subject}' ${may ? "may claim" : "claims"} an address for a descriptor that is connected afterwards; SOCKS expects: ${rules.bindBeforeConnect}`,
  why: "The service sees an address of the proxy, and no request of SOCKS says which one that is to be.",
  mend: "Delete the call if the address doesn't matter. Where it does (a reserved port that proves who calls, one interface of several), the program can't be SOCKSified; for rsh and its like there is rcmd.",
};
