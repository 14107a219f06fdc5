import assert from "node:assert/strict";
import test from "node:test";
import { nativeEnvironment, startInNativeEnvironment } from "../../src/resolvers/native/collector.js";

test("TypeScript 7 runs with fewer collections than Go's own 100 would ask for", () => {
  assert.ok(Number(nativeEnvironment({}).GOGC) > 100);
  assert.equal(nativeEnvironment({ PATH: "/bin" }).PATH, "/bin");
});

test("whoever has set the collector, or limited its memory, is obeyed", () => {
  for (const set of [{ GOGC: "50" }, { GOGC: "off" }, { GOMEMLIMIT: "2GiB" }])
    assert.deepEqual(nativeEnvironment(set), set);
});

test("our own environment stays as it was, whether the compiler starts or not", () => {
  const before = process.env;
  const expected = nativeEnvironment(before).GOGC;
  assert.equal(
    startInNativeEnvironment(() => process.env.GOGC),
    expected,
  );
  assert.equal(process.env, before);
  assert.throws(() =>
    startInNativeEnvironment(() => {
      throw new Error("not installed");
    }),
  );
  assert.equal(process.env, before);
});
