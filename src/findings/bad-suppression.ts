import type { FindingKind } from "./finding.js";

export const badSuppression: FindingKind = {
  code: "SOCKS1103",
  title: "A suppression that can't be read",
  severity: "error",
  message: (subject) =>
    `'${subject}' needs a code of the catalogue and a reason: tsocksify-ignore SOCKS1003 -- why`,
  why: "A suppression says which finding it is about and why that may be let be, so that the next reader can judge it. Without both it suppresses nothing.",
  mend: "Write the code, two hyphens and the reason.",
};
