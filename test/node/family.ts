import { readdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Tally } from "tsocksify";
import { nodeRelease, type SupportedMajor } from "../support/node-versions";
import { startDante } from "../support/peers/dante";
import { runTests, type Outcome } from "./execute";
import { rewriteTests } from "./rewrite";
import { nodeTests } from "./source";

/** What runs where nothing is named. */
export const families: readonly string[] = ["net", "http", "https", "tls", "http2"];

/** What came of the tests of one family, `test-<family>-*`. */
export interface FamilyRun {
  family: string;
  major: SupportedMajor;
  /** The release whose tests these are. */
  version: string;
  /** What the engine did to them. */
  tally: Tally;
  /** Rewritten, through Dante. */
  through: readonly Outcome[];
  /** Unmodified: all of them, or those that failed through Dante. */
  plain: readonly Outcome[];
  /** How many connections Dante has made. */
  connections: number;
  /** How long it took. */
  seconds: number;
}

/**
 * Rewrites and runs a family of Node's own tests.
 *
 * @param family such as `net`, or a part of file names
 * @param compare whether all files run unmodified, too, or only those that fail through Dante
 * @throws an error that says what is missing: a source, an executable, such a test
 */
export async function runFamily(family: string, major: SupportedMajor, compare: boolean): Promise<FamilyRun> {
  const started = Date.now();
  const tests = nodeTests(major);
  const node = nodeRelease(major, tests.version);
  const names = namesOf(readdirSync(join(tests.folder, "parallel")), family);
  if (names.length === 0) throw new Error(`no test of Node ${tests.version} has ${family} in its name`);
  const { folder, tally } = rewriteTests(tests.folder, names);
  try {
    const { through, connections } = await throughDante(folder, node, names);
    const failed = through.filter(({ passed }) => !passed).map(({ name }) => name);
    const plain = await runTests({ folder: tests.folder, node, environment: {} }, compare ? names : failed);
    const seconds = Math.round((Date.now() - started) / 1000);
    return { family, major, version: tests.version, tally, through, plain, connections, seconds };
  } finally {
    rmSync(dirname(folder), { recursive: true, force: true });
  }
}

/** The family's files or, if there is no such family, those that have it in their names. */
function namesOf(files: readonly string[], family: string): string[] {
  const tests = files.filter((name) => /^test-.*\.m?js$/.test(name));
  const ofFamily = tests.filter((name) => name.startsWith(`test-${family}-`));
  return ofFamily.length > 0 ? ofFamily : tests.filter((name) => name.includes(family));
}

async function throughDante(
  folder: string,
  node: string,
  names: readonly string[],
): Promise<{ through: Outcome[]; connections: number }> {
  // A rule that "lo" allows: connections to addresses of both families.
  const dante = await startDante({ conf: "external: ::1" });
  try {
    const through = await runTests({ folder, node, environment: { SOCKS_SERVER: dante.url } }, names);
    const connections = readFileSync(dante.log, "utf8").match(/pass\(\d+\): tcp\/connect \[/g)?.length ?? 0;
    return { through, connections };
  } finally {
    await dante.stop();
  }
}
