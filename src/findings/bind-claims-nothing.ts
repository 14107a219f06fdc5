import { rules } from "../contract/rules.js";
import type { FindingKind } from "./finding.js";

export const bindClaimsNothing: FindingKind = {
  code: "SOCKS1026",
  title: "A bind before connect that claims nothing",
  severity: "warning",
  message: (subject, may) =>
    `'${subject}' ${may ? "may ask" : "asks"} for a local address before connect, and claims neither a port nor an interface; SOCKS expects: ${rules.bindBeforeConnect}`,
  why: "The proxy chooses the address that a connection comes from. A bind for no specific reason asks for what is done anyway, and costs a BIND request.",
  mend: "Delete the call, or the option.",
  fix: "Delete the bind that claims nothing",
};
