import { rules } from "../contract/rules.js";
import type { FindingKind } from "./finding.js";

export const bindWithoutService: FindingKind = {
  code: "SOCKS1023",
  title: "A bind without a connection to the service's host",
  severity: "error",
  message: (subject, may) =>
    `'${subject}' ${may ? "may come" : "comes"} before a successful connect to the service's host; SOCKS expects: ${rules.bind}`,
  why: "RFC 1928 §4: BIND is for a client that accepts a connection from a server it has connected to before, as FTP does for data. The proxy must know that host to let it in, and no other.",
  mend: "Connect to the service first, test that it has succeeded, and bind then. A server that waits for anybody can't be SOCKSified.",
};
