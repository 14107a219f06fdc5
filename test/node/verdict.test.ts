import assert from "node:assert/strict";
import { test } from "node:test";
import type { Exception } from "./exceptions";
import type { Outcome } from "./execute";
import type { FamilyRun } from "./family";
import { staleExceptions, verdictOf } from "./verdict";

const passes: Outcome = { name: "test-net-a.js", passed: true, flaky: false, output: "" };
const fails: Outcome = { ...passes, passed: false };
const reason = "the server sees the proxy's address";
const known: Exception[] = [{ test: "test-net-a.js", reason }];

function runOf(outcome: Outcome, plain: Outcome[] = []): FamilyRun {
  return {
    family: "net",
    major: 24,
    version: "24.21.0",
    tally: { callSites: 1, rewritten: 1, reported: 0, irrelevant: 0 },
    through: [outcome],
    plain,
    connections: 1,
    seconds: 1,
  };
}

test("a failure without a reason is one", () => {
  assert.equal(verdictOf(fails, runOf(fails, [passes]), []).kind, "failed");
});

test("a test that fails unmodified, too, is excused", () => {
  assert.equal(verdictOf(fails, runOf(fails, [fails]), []).kind, "excused");
});

test("an exception excuses the failure of its test, on its release lines", () => {
  const run = runOf(fails, [passes]);
  assert.deepEqual(verdictOf(fails, run, known), { kind: "excused", outcome: fails, reason });
  assert.equal(verdictOf(fails, run, [{ ...known[0]!, lines: [24] }]).kind, "excused");
  assert.equal(verdictOf(fails, run, [{ ...known[0]!, lines: [20, 22] }]).kind, "failed");
});

test("an exception whose test passes is stale, unless it is about a race or another release line", () => {
  const run = runOf(passes);
  assert.deepEqual(staleExceptions(run, known), known);
  assert.deepEqual(staleExceptions(run, [{ ...known[0]!, races: true }]), []);
  assert.deepEqual(staleExceptions(run, [{ ...known[0]!, lines: [20] }]), []);
  assert.deepEqual(staleExceptions(runOf(fails), known), []);
});

test("an exception of this family whose test is no more is stale; of other families nothing is known", () => {
  const others = [
    { test: "test-net-gone.js", reason },
    { test: "test-http-b.js", reason },
  ];
  assert.deepEqual(staleExceptions(runOf(passes), others), [others[0]]);
});
