import { spawn } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { tmpdir } from "node:os";

/** How one test file ended. */
export interface Outcome {
  name: string;
  passed: boolean;
  /** What it printed, and how it ended if it did not end by itself. */
  output: string;
}

/** Node's test runner allows two minutes on slow machines; every test here ends within a few seconds, or hangs. */
const LIMIT = 60_000;
const AT_ONCE = 2;

/**
 * Runs test files of Node as Node's own runner does: one process each, with the flags that the file asks for.
 *
 * @param folder the folder `test` they are in
 * @param names files of `parallel`
 * @param node the executable
 * @param environment added to this process's
 */
export async function runTests(
  folder: string,
  names: readonly string[],
  node: string,
  environment: Record<string, string>,
): Promise<Outcome[]> {
  const queue = names.map((name, serial) => ({ name, serial }));
  const outcomes: Outcome[] = [];
  const temporary = join(tmpdir(), `tsocksify-node-tests-${process.pid}`);
  mkdirSync(temporary, { recursive: true });
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      // test/common/tmpdir.js makes a folder of its own for each serial number.
      const env = { ...environment, TEST_SERIAL_ID: String(next.serial), NODE_TEST_DIR: temporary };
      outcomes.push(await runTest(join(folder, "parallel", next.name), next.name, node, env));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return outcomes.sort((a, b) => a.name.localeCompare(b.name));
}

function runTest(
  path: string,
  name: string,
  node: string,
  environment: Record<string, string>,
): Promise<Outcome> {
  const child = spawn(node, [...flagsOf(path), path], {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const printed: Buffer[] = [];
  child.stdout.on("data", (bytes: Buffer) => printed.push(bytes));
  child.stderr.on("data", (bytes: Buffer) => printed.push(bytes));
  const limit = setTimeout(() => child.kill("SIGKILL"), LIMIT);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => {
      clearTimeout(limit);
      const output = Buffer.concat(printed).toString() + (signal ? `\nended by ${signal}` : "");
      resolve({ name, passed: code === 0, output });
    });
  });
}

/** "// Flags: --expose-internals", as tools/test.py reads it. */
function flagsOf(path: string): string[] {
  return (/^\/\/ Flags: (.*)$/m.exec(readFileSync(path, "utf8"))?.[1] ?? "").split(/\s+/).filter(Boolean);
}
