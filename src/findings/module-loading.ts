import type { FindingKind } from "./finding.js";

export const moduleLoading: FindingKind = {
  code: "SOCKS1014",
  title: "A module is loaded in a way that can't be followed",
  severity: "warning",
  message: (subject) => `'${subject}' reaches modules in a way that can't be followed`,
  why: "What is loaded is decided at run time, by what a package.json makes of a name such as #net, or comes from Node's internals, so its socket functions can't be rewritten.",
  mend: "Import the module by a constant name.",
};
