// Runs the tests of what sockets do on every other supported release line of Node, one after the other.
//   npm run test:nodes [-- part of a test file's path …]
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { nodeBinary, supportedMajors } from "./node-versions";

const areas = ["test/runtime", "test/peers", "test/sockd", "test/clients", "test/leaks"];
const filters = process.argv.slice(2);
const others = supportedMajors.filter((major) => !process.versions.node.startsWith(`${major}.`));

for (const major of others) {
  const node = nodeBinary(major);
  console.log(`Node ${spawnSync(node, ["--version"], { encoding: "utf8" }).stdout.trim()}`);
  const { status } = spawnSync(
    process.execPath,
    [join(__dirname, "run-tests.mjs"), "--node", node, ...(filters.length > 0 ? filters : areas)],
    { stdio: "inherit" },
  );
  if (status !== 0) process.exitCode = 1;
}
