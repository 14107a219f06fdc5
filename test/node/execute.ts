import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";

/** How one test file ended. */
export interface Outcome {
  name: string;
  passed: boolean;
  /** It failed beside others, and passed when it ran again, alone. */
  flaky: boolean;
  /** What it printed when it failed, and how it ended if it did not end by itself. */
  output: string;
}

/** What the files run with. */
export interface Harness {
  /** The folder `test` they are in. */
  folder: string;
  /** The executable. */
  node: string;
  /** Added to this process's environment. */
  environment: Record<string, string>;
  /** Milliseconds until a test counts as hanging. Default 120,000, as in Node's own runner, tools/test.py. */
  limit?: number;
}

/**
 * Runs test files of Node as Node's own runner does: one process each, with the flags that the file asks for, as
 * many at once as there are processors. What fails runs again alone, since some of them race against the clock.
 *
 * @param names files of `parallel`
 */
export async function runTests(harness: Harness, names: readonly string[]): Promise<Outcome[]> {
  const temporary = mkdtempSync(join(tmpdir(), "tsocksify-node-tests-"));
  try {
    const first = await attempt(harness, names, temporary, availableParallelism());
    const failed = first.filter(({ passed }) => !passed).map(({ name }) => name);
    const second = await attempt(harness, failed, temporary, 1);
    const flaky = new Set(second.filter(({ passed }) => passed).map(({ name }) => name));
    return first.map((outcome) =>
      flaky.has(outcome.name) ? { ...outcome, passed: true, flaky: true } : outcome,
    );
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

async function attempt(
  harness: Harness,
  names: readonly string[],
  temporary: string,
  atOnce: number,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const queue = [...names.entries()];
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [serial, name] = next;
      // test/common/tmpdir.js makes a folder of its own for each serial number.
      const own = { TEST_SERIAL_ID: String(serial), NODE_TEST_DIR: temporary };
      outcomes[serial] = await runTest({ ...harness, environment: { ...harness.environment, ...own } }, name);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return outcomes;
}

function runTest({ folder, node, environment, limit = 120_000 }: Harness, name: string): Promise<Outcome> {
  const path = join(folder, "parallel", name);
  const child = spawn(node, [...flagsOf(path), path], {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
    // A process group of its own, so that what a hanging test has started ends with it.
    detached: true,
  });
  const printed: Buffer[] = [];
  child.stdout.on("data", (bytes: Buffer) => printed.push(bytes));
  child.stderr.on("data", (bytes: Buffer) => printed.push(bytes));
  const timer = setTimeout(() => process.kill(-child.pid!, "SIGKILL"), limit);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      const output = Buffer.concat(printed).toString() + (signal ? `\nended by ${signal}` : "");
      resolve({ name, passed: code === 0, flaky: false, output });
    });
  });
}

/** "// Flags: --expose-internals", as tools/test.py reads it. */
function flagsOf(path: string): string[] {
  return (/^\/\/ Flags: (.*)$/m.exec(readFileSync(path, "utf8"))?.[1] ?? "").split(/\s+/).filter(Boolean);
}
