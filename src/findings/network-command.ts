import type { FindingKind } from "./finding.js";

export const networkCommand: FindingKind = {
  code: "SOCKS1016",
  title: "A child process connects by itself",
  severity: "error",
  message: (subject, _may, object = "a program") =>
    `'${subject}' starts ${object}, whose connections bypass the proxy`,
  why: "What curl, ssh, nc and their like are started for is a connection, or a datagram, of their own. Nothing that is rewritten here changes it.",
  mend: "Connect in this program, by fetch or net. Or tell the command about the proxy (`curl --socks5-hostname`, `ssh -o ProxyCommand=…`), and suppress the finding with that as the reason.",
};
