import { rules } from "../contract/rules.js";
import type { FindingKind } from "./finding.js";

export const localAddress: FindingKind = {
  code: "SOCKS1006",
  title: "A local address or port in a connection's options",
  severity: "error",
  message: (subject, may) =>
    `'${subject}' ${may ? "may claim" : "claims"} an address of this machine for a connection; SOCKS expects: ${rules.bindBeforeConnect}`,
  why: "`localAddress` and `localPort` are a bind before connect. The connection that they would apply to is the one to the proxy; what the service sees is an address of the proxy's.",
  mend: "Take the option out; the proxy's own configuration says which of its addresses it uses.",
};
