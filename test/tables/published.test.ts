import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { classified, globalTable, type HolderRow } from "../../src/tables/index.js";
import { nodeBinary } from "../support/node-versions.js";
import { npmPackage } from "../support/npm-package.js";
import { orSkip } from "../support/or-skip.js";
import { declaredNames } from "./declared.js";
import { namesOf } from "./names.js";

/** Fixed, so that nobody else's release makes our tests fail. */
const undiciVersions = ["5.29.0", "6.29.1", "7.30.2", "8.12.4"];

/** What the newest Node sees of it: the newest undici needs one. */
function exportsOfUndici(version: string): string[] {
  const script = `Object.keys(require(${JSON.stringify(npmPackage("undici", version))})).join()`;
  return execFileSync(nodeBinary(26), ["-p", script], { encoding: "utf8" }).trim().split(",");
}

function tableOf(module: string): string[] {
  const table = classified.find((each) => each.module === module);
  assert.ok(table, module);
  return namesOf(table).filter((name) => !name.includes("."));
}

function assertSame(known: readonly string[], there: readonly string[]): void {
  assert.deepEqual([...new Set(known)].sort(), [...new Set(there)].sort());
}

const undici = orSkip(() => undiciVersions.map(exportsOfUndici));
test(`every export of undici ${undiciVersions.join(", ")} is classified, and nothing else is`, undici, () => {
  assert.ok(undici.skip === false);
  assertSame(tableOf("undici"), undici.value.flat());
});

const bun = orSkip(() => join(npmPackage("bun-types", "1.4.5"), "index.d.ts"));
for (const module of ["bun", "bun:ffi", "bun:jsc", "bun:sqlite"])
  test(`every export of ${module} is classified, and nothing else is`, bun, () => {
    assert.ok(bun.skip === false);
    assertSame(tableOf(module), declaredNames(bun.value, `"${module}"`));
  });

const workers = orSkip(() => join(npmPackage("@cloudflare/workers-types", "4.20260702.1"), "index.d.ts"));
test("every export of cloudflare:sockets is classified, and nothing else is", workers, () => {
  assert.ok(workers.skip === false);
  assertSame(tableOf("cloudflare:sockets"), declaredNames(workers.value, '"cloudflare:sockets"'));
});

const deno = orSkip(() => join(npmPackage("@types/deno", "2.7.0"), "index.d.ts"));
test("everything in Deno is classified, and nothing else is", deno, () => {
  assert.ok(deno.skip === false);
  const { statics, inertMembers } = globalTable.globals.Deno as HolderRow;
  assertSame([...Object.keys(statics!), ...inertMembers!], declaredNames(deno.value, "Deno"));
});
