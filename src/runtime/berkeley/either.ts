import type { EventEmitter } from "node:events";

/** Waits for the first of `events`; an 'error' among them is one like the others. No listener is left. */
export function either(emitter: EventEmitter, events: readonly string[]): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      for (const event of events) emitter.off(event, done);
      resolve();
    };
    for (const event of events) emitter.on(event, done);
  });
}
