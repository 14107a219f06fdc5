// Node's own tests, rewritten by our engine, through Dante.
//   npm run test:node -- [--node 20|22|24] [--verbose] [net http https, or parts of file names …]
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { nodeBinary } from "../support/node-versions";
import { danteSkip, startDante } from "../support/peers/dante";
import { exceptionFor } from "./exceptions";
import { runTests, type Outcome } from "./execute";
import { rewriteTests } from "./rewrite";
import { nodeTests, type SourceMajor } from "./source";

const FAMILIES = ["net", "http", "https"];

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { node: { type: "string", default: "20" }, verbose: { type: "boolean", default: false } },
    allowPositionals: true,
  });
  if (danteSkip) throw new Error(danteSkip);
  const major = Number(values.node) as SourceMajor;
  const tests = nodeTests(major);
  const node = nodeBinary(major);
  const every = readdirSync(join(tests, "parallel")).filter((name) => /^test-.*\.m?js$/.test(name));
  let unexpected = 0;
  for (const family of positionals.length > 0 ? positionals : FAMILIES) {
    const names = every.filter((name) =>
      FAMILIES.includes(family) ? name.startsWith(`test-${family}-`) : name.includes(family),
    );
    const { folder, tally } = rewriteTests(tests, names);
    const plain = await runTests(tests, names, node, {});
    // A rule that "lo" allows: connections to addresses of both families.
    const dante = await startDante({ conf: "external: ::1" });
    const through = await runTests(folder, names, node, { SOCKS_SERVER: dante.url }).finally(() =>
      dante.stop(),
    );
    console.log(
      `${family}, Node ${major}: ${names.length} files, ${passed(plain)} pass unmodified, ${passed(through)} through ` +
        `SOCKS (${tally.callSites} call sites: ${tally.rewritten} rewritten, ${tally.reported} reported, ` +
        `${tally.irrelevant} irrelevant)`,
    );
    unexpected += report(through, plain, values.verbose);
  }
  process.exitCode = unexpected > 0 ? 1 : 0;
}

function passed(outcomes: readonly Outcome[]): number {
  return outcomes.filter((outcome) => outcome.passed).length;
}

/** Prints what failed, and why it may. @returns how many failed without a reason */
function report(through: readonly Outcome[], plain: readonly Outcome[], verbose: boolean): number {
  const failsAnyway = new Set(plain.filter(({ passed }) => !passed).map(({ name }) => name));
  let unexpected = 0;
  for (const { name, passed, output } of through) {
    if (passed) continue;
    const reason = failsAnyway.has(name) ? "fails unmodified, too" : exceptionFor(name)?.reason;
    console.log(`  ${name}: ${reason ?? "FAILED"}`);
    if (verbose || !reason) console.log(output.trimEnd().replace(/^/gm, "    "));
    if (!reason) unexpected++;
  }
  return unexpected;
}

void main();
