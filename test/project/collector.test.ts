import assert from "node:assert/strict";
import { totalmem } from "node:os";
import test from "node:test";
import { nativeEnvironment, startInNativeEnvironment } from "../../src/resolvers/native/collector.js";

test("TypeScript 7 that compiles once collects nothing before half of the memory is in use", () => {
  const { GOGC, GOMEMLIMIT, PATH } = nativeEnvironment({ PATH: "/bin" });
  assert.equal(GOGC, "off");
  const limit = Number(/^(\d+)B$/.exec(GOMEMLIMIT!)![1]);
  assert.ok(limit > 0 && limit <= totalmem() / 2, GOMEMLIMIT);
  assert.equal(PATH, "/bin");
});

test("one that is asked again and again collects, and less often than Go's own 100 would ask for", () => {
  const { GOGC, GOMEMLIMIT } = nativeEnvironment({}, true);
  assert.ok(Number(GOGC) > 100);
  assert.equal(GOMEMLIMIT, undefined);
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
