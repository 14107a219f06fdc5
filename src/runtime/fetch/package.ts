import { createRequire } from "node:module";
import { connector } from "./connector";
import type { AgentClass, Dispatcher } from "./undici";

/** What is used of the npm package `undici` (an optional peer dependency) where Node itself has no such class. */
interface Undici {
  Agent: AgentClass;
  WebSocket?: abstract new (...args: never[]) => object;
  EventSource?: abstract new (...args: never[]) => object;
}

let undici: Undici | undefined;
let dispatcher: Dispatcher | undefined;

/** The npm package undici, if the program has it installed. */
export function undiciPackage(): Undici | undefined {
  if (undici) return undici;
  try {
    return (undici = createRequire(__filename)("undici") as Undici);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "MODULE_NOT_FOUND") return undefined;
    throw error;
  }
}

/** A dispatcher for the package's classes: those of one undici do not take another's. */
export function packageDispatcher(): Dispatcher {
  return (dispatcher ??= new (undiciPackage()!.Agent)({ connect: connector(false) }));
}
