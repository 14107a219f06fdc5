import type { FindingKind } from "./finding.js";

export const noRForm: FindingKind = {
  code: "SOCKS1015",
  title: "A socket function has no R-form",
  severity: "error",
  message: (subject, isOnlyPossible) =>
    `'${subject}' ${isOnlyPossible ? "may open" : "opens"} sockets, and the runtime has no R-form for it`,
  why: "This API connects or listens by itself and can't be told to use a SOCKS connection.",
  mend: "Use net, tls, http, https, http2, fetch or WebSocket instead.",
};
