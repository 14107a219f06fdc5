// npm run bench:runtime [-- name …] [--option value …]: every benchmark beside this file, one process each. Options are
// for the benchmark that is named.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const given = process.argv.slice(2);
const firstOption = given.findIndex((each) => each.startsWith("--"));
const [wanted, options] =
  firstOption < 0 ? [given, []] : [given.slice(0, firstOption), given.slice(firstOption)];
const names = readdirSync(here).flatMap((file) => (file.endsWith(".ts") ? [file.slice(0, -3)] : []));
const unknown = wanted.filter((name) => !names.includes(name));
if (unknown.length > 0 || (options.length > 0 && wanted.length !== 1)) {
  console.error(`There are ${names.join(", ")}; options go with one name.`);
  process.exit(2);
}
for (const name of wanted.length > 0 ? wanted : names) {
  const args = ["--expose-gc", "--import", "tsx", join(here, `${name}.ts`), ...options];
  const { status } = spawnSync(process.execPath, args, { stdio: "inherit" });
  if (status !== 0) process.exitCode = 1;
}
