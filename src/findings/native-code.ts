import type { FindingKind } from "./finding.js";

export const nativeCode: FindingKind = {
  code: "SOCKS1013",
  title: "Native code is out of sight",
  severity: "warning",
  message: (subject) => `'${subject}' runs machine code, which may open sockets of its own`,
  why: "Addons, foreign functions and WASI reach the kernel without passing through Node's net module.",
  mend: "Make sure that the native code opens no sockets, or replace it.",
};
