import type { FindingKind } from "./finding.js";

export const untypedReceiver: FindingKind = {
  code: "SOCKS1004",
  title: "A method of an untyped value may be a socket's",
  severity: "warning",
  message: (subject) =>
    `'${subject}' may be a socket's method: the receiver's type is any, so nothing can tell`,
  why: "Types decide what is a socket. A receiver of type any or unknown has none, and a call that is not rewritten would connect directly if it were a socket after all.",
  mend: "Give the receiver a type, or set the option any to ignore if no socket can be there.",
};
