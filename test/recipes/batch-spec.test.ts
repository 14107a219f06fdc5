import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parse } from "yaml";
import { seeded } from "../cli/seeded.js";
import { Workplace } from "../cli/workplace.js";

interface BatchSpec {
  readonly steps: readonly { readonly run: string }[];
}

// The schema is nowhere to be installed from; by that of the Sourcegraph CLI of August 2026 the file is valid.
const spec = parse(readFileSync(join(__dirname, "sourcegraph/tsocksify.batch.yaml"), "utf8")) as BatchSpec;

test(
  "the last step of the batch spec rewrites a repository, as a shell runs it",
  { skip: process.platform === "win32" },
  () => {
    const workplace = new Workplace(seeded, "typescript");
    try {
      workplace.install();
      const { code, stderr } = workplace.run("sh", ["-e", "-c", spec.steps.at(-1)!.run]);
      assert.equal(code, 0, stderr);
      assert.match(workplace.read("src/client.ts"), /Rconnect\(\{ host, port: 21 \}\)/);
    } finally {
      workplace.remove();
    }
  },
);
