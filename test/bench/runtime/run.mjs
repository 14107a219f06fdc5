// npm run bench:runtime [-- name …]: every benchmark beside this file, one process each.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const wanted = process.argv.slice(2);
const files = readdirSync(here).filter((name) => name.endsWith(".ts"));
for (const file of files.filter(
  (file) => wanted.length === 0 || wanted.some((name) => file.startsWith(name)),
)) {
  const { status } = spawnSync(process.execPath, ["--import", "tsx", join(here, file)], { stdio: "inherit" });
  if (status !== 0) process.exitCode = 1;
}
