import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";

const repository = resolve(__dirname, "../..");

function textOf(folder: string, extension: string): string {
  return readdirSync(join(repository, folder))
    .filter((name) => name.endsWith(extension))
    .map((name) => readFileSync(join(repository, folder, name), "utf8"))
    .join("\n");
}

// What the sources have, which name no R-function, and what our own build has made of it.
for (const [client, written, functions] of [
  ["rtelnet", [/net\.connect\(/], ["Rconnect"]],
  [
    "rftp",
    [/net\.connect\(/, /server\.listen\(/, /server\.address\(\)/],
    ["Rconnect", "Rlisten", "Rgetsockname"],
  ],
] as const)
  test(`${client} is plain net, which our own build has made a SOCKS client`, () => {
    const source = textOf(`src/clients/${client}`, ".ts");
    const output = textOf(`dist/clients/${client}`, ".js");
    for (const call of written) {
      assert.match(source, call);
      assert.doesNotMatch(output, call);
    }
    for (const name of functions) {
      assert.doesNotMatch(source, new RegExp(name));
      assert.match(output, new RegExp(`\\.${name}\\(`));
    }
  });
