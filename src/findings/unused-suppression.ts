import type { FindingKind } from "./finding.js";

export const unusedSuppression: FindingKind = {
  code: "SOCKS1102",
  title: "A suppression that suppresses nothing",
  severity: "warning",
  message: (subject) => `'${subject}' suppresses nothing here`,
  why: "The finding that the comment is about is gone, or never was on this line. Left there, it would hide the next one.",
  mend: "Delete the comment, or the codes in it that are not needed.",
  fix: "Delete the comment that suppresses nothing",
};
