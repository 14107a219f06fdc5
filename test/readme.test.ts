import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { findingKinds } from "../src/findings/index.js";
import { pluginOptions } from "../src/options/index.js";

const root = join(__dirname, "..");
const readme = readFileSync(join(root, "README.md"), "utf8");
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  scripts: Record<string, string>;
};

test("the README lists every finding, with its severity and title", () => {
  for (const { code, severity, title } of findingKinds)
    assert.match(readme, new RegExp(`\\| ${code} +\\| ${severity} +\\| ${title} +\\|`));
});

test("the README names every option of the plugin", () => {
  for (const name of Object.keys(pluginOptions)) assert.ok(readme.includes(`\`${name}\``), name);
});

test("every npm script that the README names exists", () => {
  const named = [...readme.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name!);
  assert.ok(named.length > 0);
  for (const name of named) assert.ok(manifest.scripts[name], name);
});

test("every file that the README links to exists", () => {
  const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, path]) => path!);
  assert.ok(links.length > 0);
  for (const path of links) assert.ok(existsSync(join(root, path)), path);
});
