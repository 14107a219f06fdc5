// Runs test/**/*.test.ts with Node's test runner.
//   node test/support/run-tests.mjs [--node <binary>] [--list] [path or part of one …]
import { spawn } from "node:child_process";
import { readdir } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const { values, positionals } = parseArgs({
  options: { node: { type: "string", default: process.execPath }, list: { type: "boolean", default: false } },
  allowPositionals: true,
});

const files = (await readdir(join(root, "test"), { recursive: true }))
  .map((file) => join("test", file))
  .filter((file) => file.endsWith(".test.ts") && !file.includes("node_modules"))
  .filter((file) => positionals.length === 0 || positionals.some((part) => file.includes(normal(part))))
  .sort();

if (files.length === 0) {
  console.error(`no test file matches ${positionals.join(", ")}`);
  process.exit(1);
}
if (values.list) {
  console.log(files.join("\n"));
  process.exit(0);
}

// Two files at a time: tests wait for sockets, and more would make timeouts depend on the machine's load.
const flags = [
  "--import",
  "tsx",
  "--enable-source-maps",
  "--test",
  // Node 20 would print TAP where there is no terminal.
  "--test-reporter=spec",
  "--test-concurrency=2",
  "--test-timeout=600000",
];
const child = spawn(values.node, [...flags, ...files], { cwd: root, stdio: "inherit" });
child.on("exit", (code, signal) => {
  if (signal) console.error(`the test runner died of ${signal}`);
  process.exitCode = code ?? 1;
});

// A filter may be written as the shell completes it, from the root or from elsewhere.
/** @param {string} part */
function normal(part) {
  const path = relative(root, part);
  return path.startsWith("..") || path === "" ? part : path;
}
