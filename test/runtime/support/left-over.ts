import assert from "node:assert/strict";
import { createHook } from "node:async_hooks";
import { setTimeout as sleep } from "node:timers/promises";

/** Timers that the runtime has set, until they have fired or are cleared: of those that are unref'd Node gives no account. */
const timers = new Set<number>();

createHook({
  init(id, type) {
    if (type === "Timeout" && /src[\\/]runtime[\\/]/.test(new Error().stack!)) timers.add(id);
  },
  destroy: (id) => timers.delete(id),
}).enable();

/** How many those are. */
export const timersOfRuntime = (): number => timers.size;

/** Handles, requests and timers that keep the process alive, by kind, and those timers of the runtime that do not. */
function active(): Record<string, number> {
  const counts: Record<string, number> = { "timer of the runtime": timers.size };
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
