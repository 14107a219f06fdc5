import type { FindingKind } from "./finding.js";

export const evaluatedCode: FindingKind = {
  code: "SOCKS1012",
  title: "Evaluated code is out of sight",
  severity: "warning",
  message: (subject) => `'${subject}' runs code that is made at run time`,
  why: "Text that becomes code while the program runs was never compiled, so no call in it was rewritten.",
  mend: "Write the code out as a module.",
};
