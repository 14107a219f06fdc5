import type { FindingKind } from "./finding.js";

export const dnsQuery: FindingKind = {
  code: "SOCKS1002",
  title: "A DNS query over UDP bypasses the proxy",
  severity: "error",
  message: (subject) => `'${subject}' sends a DNS query over UDP, which bypasses the proxy`,
  why: "Node's resolver sends its queries straight to a name server, over UDP. They tell the local network which names the program is interested in, and fail where only the proxy reaches the outside.",
  mend: "Connect to the name itself: the proxy resolves it.",
};
