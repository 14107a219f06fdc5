import type { FindingKind } from "./finding.js";

export const udp: FindingKind = {
  code: "SOCKS1001",
  title: "Datagrams can't be SOCKSified",
  severity: "error",
  message: (subject, may) =>
    `'${subject}' ${may ? "may use" : "uses"} datagrams (SOCK_DGRAM); SOCKS here is TCP only`,
  why: "SOCKS 4 has no datagrams, and hardly a SOCKS 5 server relays them. Sent directly, they would bypass the proxy. What SOCKS expects: search your source for SOCK_DGRAM.",
  mend: "Use a TCP form of the protocol (DNS, syslog and statsd have one), or leave the program out.",
};
