import type { FindingKind } from "./finding.js";

export const assigned: FindingKind = {
  code: "SOCKS1007",
  title: "A socket function is replaced at run time",
  severity: "warning",
  message: (subject, _, object) =>
    `'${subject}' ${object === undefined ? "is assigned to" : `may replace '${object}'`}; rewritten calls go to the R-form and won't see the replacement`,
  why: "Calls of this function are rewritten to the runtime's R-form, so what is assigned here is never called by them.",
  mend: "Pass the replacement to where it is needed, or call it by a name of its own.",
};
