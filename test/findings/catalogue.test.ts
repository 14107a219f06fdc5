import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { test } from "node:test";
import { codes } from "../../src/contract/codes.js";
import { rules } from "../../src/contract/rules.js";
import { document } from "../../src/findings/document.js";
import { findingKind, findingKinds } from "../../src/findings/index.js";
import { isUpdating } from "../support/fixtures.js";

const folder = resolve(__dirname, "../../src/findings");

test("README.md is the catalogue, written out", () => {
  const path = resolve(folder, "README.md");
  const text = document(findingKinds);
  if (isUpdating) writeFileSync(path, text);
  assert.equal(
    readFileSync(path, "utf8"),
    text,
    "run this test with UPDATE_FIXTURES=1, and read what it writes",
  );
});

test("each file of the folder is in the catalogue, under a code of its own", () => {
  const files = readdirSync(folder).filter(
    (name) => name.endsWith(".ts") && !["document.ts", "finding.ts", "index.ts"].includes(name),
  );
  assert.equal(findingKinds.length, files.length);
  assert.equal(new Set(findingKinds.map(({ code }) => code)).size, findingKinds.length);
});

test("every finding says what, why and how to mend it", () => {
  for (const { code, title, message, why, mend } of findingKinds) {
    assert.match(code, /^SOCKS\d{4}$/);
    assert.match(message("x.connect"), /'x\.connect'/, `${code} names the call site`);
    assert.doesNotMatch(message("x"), /\.$/, `${code}: hosts end the sentence`);
    // What `npm run new` has left to be written.
    for (const text of [why, mend]) assert.doesNotMatch(text, /^Say (?:why|what to do about it)\.$/, code);
    for (const text of [why, mend]) assert.match(text, /^\S.*\.$/s, `${code}: whole sentences`);
    assert.doesNotMatch(title, /\.$/, code);
  }
});

test("each finding of the contract quotes the rule that it enforces, and says may where it may", () => {
  const quoted = new Set<string>();
  for (const code of Object.values(codes)) {
    const { message } = findingKind(code);
    const rule = Object.values(rules).find((each) => message("s").endsWith(`SOCKS expects: ${each}`));
    assert.ok(rule, `${code} quotes a rule`);
    quoted.add(rule);
    assert.doesNotMatch(message("s"), /\bmay\b/, code);
    assert.match(message("s", true), /\bmay\b/, code);
  }
  assert.deepEqual(quoted, new Set(Object.values(rules)), "no rule is left out");
});
