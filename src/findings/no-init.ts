import { rules } from "../contract/rules.js";
import type { FindingKind } from "./finding.js";

export const noInit: FindingKind = {
  code: "SOCKS1028",
  title: "A main that doesn't begin with SOCKSinit",
  severity: "warning",
  message: (subject, may) =>
    `'${subject}' ${may ? "may make" : "makes"} socket calls, and nothing calls SOCKSinit; SOCKS expects: ${rules.init}`,
  why: "Without it the first R-function reads the environment, and errors, logs and reports have no name of a program in them; a wrong configuration comes out at the first connection, and not at the start.",
  mend: "Call SOCKSinit(name, options) at the start of main. A program that something else configures says so in a suppression.",
  fix: "Add SOCKSinit at the start of main",
};
