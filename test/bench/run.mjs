// npm run bench:runtime|compile|lint [-- name …] [--option value …]: every benchmark of a folder beside this file, one
// process each. Options are for the benchmark that is named, or for all of a folder whose benchmarks share theirs.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const [folder, ...given] = process.argv.slice(2);
const here = join(dirname(fileURLToPath(import.meta.url)), folder);
const firstOption = given.findIndex((each) => each.startsWith("--"));
const [wanted, options] =
  firstOption < 0 ? [given, []] : [given.slice(0, firstOption), given.slice(firstOption)];
const names = readdirSync(here).flatMap((file) => (file.endsWith(".ts") ? [file.slice(0, -3)] : []));
const unknown = wanted.filter((name) => !names.includes(name));
if (unknown.length > 0 || (options.length > 0 && wanted.length !== 1 && names.length > 1)) {
  console.error(`There are ${names.join(", ")}; options go with one name.`);
  process.exit(2);
}
for (const name of wanted.length > 0 ? wanted : names) {
  const args = ["--expose-gc", "--import", "tsx", join(here, `${name}.ts`), ...options];
  const { status } = spawnSync(process.execPath, args, { stdio: "inherit" });
  if (status !== 0) process.exitCode = 1;
}
