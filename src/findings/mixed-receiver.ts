import type { FindingKind } from "./finding.js";

export const mixedReceiver: FindingKind = {
  code: "SOCKS1005",
  title: "A method belongs to a socket only sometimes",
  severity: "error",
  message: (subject) => `'${subject}' is a socket's method for some types of its receiver and not for others`,
  why: "The receiver is a union of a socket and something else that has a method of the same name. One call can't be both.",
  mend: "Tell the two apart first (instanceof net.Socket), and call the method in each branch.",
};
