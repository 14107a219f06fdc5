import { rules } from "../contract/rules.js";
import type { FindingKind } from "./finding.js";

export const meanwhile: FindingKind = {
  code: "SOCKS1022",
  title: "Something else starts while a nonblocking connect is under way",
  severity: "error",
  message: (subject, may) =>
    `'${subject}' ${may ? "may start" : "starts"} while another descriptor's connect is under way; SOCKS expects: ${rules.nonblocking}`,
  why: "A BIND is on behalf of the connect before it; one that is under way is neither there nor not there.",
  mend: "Repeat the first connect until it says EISCONN, and start the next after that.",
};
