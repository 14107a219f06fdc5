import type { FindingKind } from "./finding.js";

export const dnsLookup: FindingKind = {
  code: "SOCKS1003",
  title: "A local name lookup bypasses the proxy",
  severity: "error",
  message: (subject) => `'${subject}' asks the local resolver, which bypasses the proxy`,
  why: "getaddrinfo and getnameinfo ask the machine's own name servers. The question leaks, and the answer may differ from what the proxy would get.",
  mend: "Connect to the name itself: the proxy resolves it.",
};
