import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";

/** Handles, requests and timers that keep the process alive, by kind. */
function active(): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

/**
 * Remembers what is active now.
 *
 * @returns checks that nothing else is active any more; what closes in the background has a second for it
 */
export function nothingLeftOver(): () => Promise<void> {
  const before = active();
  return async () => {
    let after = active();
    for (let tries = 0; tries < 100; tries++) {
      after = active();
      if (Object.entries(after).every(([kind, count]) => count <= (before[kind] ?? 0))) return;
      await sleep(10);
    }
    assert.deepEqual(after, before, "no handle, request or timer is left over");
  };
}
