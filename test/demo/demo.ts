// npm run demo: what tsocksify does to two real programs, and what their connections do then.
import { amqpDemo } from "./amqp";
import { failed } from "./check";
import { ldapDemo } from "./ldap";
import { heading } from "./print";
import { udpDemo } from "./udp";

/** @returns the exit code: 0 if every claim held. */
async function main(): Promise<number> {
  try {
    for (const part of [ldapDemo, udpDemo, amqpDemo]) await part();
  } catch (error) {
    console.error(error);
    return 1;
  }
  heading("Result");
  if (failed().length === 0) console.log("  Every claim above was measured and holds.");
  else
    console.log(
      failed()
        .map((claim) => `  ✖ ${claim}`)
        .join("\n"),
    );
  return failed().length === 0 ? 0 : 1;
}

void main().then((code) => (process.exitCode = code));
