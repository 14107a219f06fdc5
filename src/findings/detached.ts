import type { FindingKind } from "./finding.js";

export const detached: FindingKind = {
  code: "SOCKS1008",
  title: "A socket function is taken out in a form that can't be rewritten",
  severity: "error",
  message: (subject, may) =>
    `'${subject}' ${may ? "may take" : "takes"} a socket function out of its object in a form that can't be rewritten`,
  why: "A name that is destructured out of a socket or of the global object, or aliased, can be called from anywhere, and there is no place for the R-form to stand in.",
  mend: "Call the function on its object: sock.connect(…), globalThis.fetch(…).",
};
