import type { FindingKind } from "./finding.js";

export const childProcess: FindingKind = {
  code: "SOCKS1010",
  title: "A child process is out of sight",
  severity: "warning",
  message: (subject, _may, object) =>
    `'${subject}' starts ${object ? `${object},` : "a program"} whose connections can't be seen from here`,
  why: "Another program opens sockets of its own. Nothing that is rewritten here changes them.",
  mend: "SOCKSify that program too, or start it with its own proxy settings.",
};
