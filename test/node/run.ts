// Node's own tests, rewritten by our engine, through Dante.
//   npm run test:node -- [--node 20|22|24|26] [--compare] [--verbose] [net http https tls http2, or parts of file names]
import { parseArgs } from "node:util";
import { supportedMajors } from "../support/node-versions";
import { danteSkip } from "../support/peers/dante";
import { families, runFamily } from "./family";
import { summaryOf } from "./summary";
import { staleExceptions, verdictOf } from "./verdict";

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: {
      node: { type: "string", default: "20" },
      // Every file unmodified, too, and not only what fails through the proxy.
      compare: { type: "boolean", default: false },
      // What the expected failures print, too.
      verbose: { type: "boolean", default: false },
    },
    allowPositionals: true,
  });
  if (danteSkip) throw new Error(danteSkip);
  const major = supportedMajors.find((each) => String(each) === values.node);
  if (!major) throw new Error(`--node ${values.node} is none of ${supportedMajors.join(", ")}`);
  for (const name of positionals.length > 0 ? positionals : families) {
    const run = await runFamily(name, major, values.compare);
    const verdicts = run.through.map((outcome) => verdictOf(outcome, run));
    const stale = staleExceptions(run);
    console.log(summaryOf(run, verdicts, stale, values.verbose));
    if (stale.length > 0 || verdicts.some(({ kind }) => kind === "failed")) process.exitCode = 1;
  }
}

main().catch((error: unknown) => {
  console.error(`test:node: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 2;
});
