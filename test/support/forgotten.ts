import { setImmediate } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/**
 * Whether nothing holds it. A collection keeps what was marked before it was let go, where V8 had begun to mark by
 * itself; the collection after that doesn't.
 */
export async function forgotten(held: WeakRef<object>): Promise<boolean> {
  for (let count = 0; count < 3; count++) {
    await setImmediate();
    collect();
    if (held.deref() === undefined) return true;
  }
  return false;
}
