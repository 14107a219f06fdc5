import type { Proxy } from "../routes/proxy";

/** What one proxy was seen to do. */
interface Habit {
  /** When it gets the request: with the greeting (it has granted one that came so), or after its answer. */
  request?: "with the greeting" | "after the greeting";
  /** Whether it gets the caller's first bytes with the request: once it has granted one, until it breaks over them. */
  earlyData?: boolean;
}

/** For as long as the configuration that names the proxies is in force. */
const habits = new WeakMap<Proxy, Habit>();

function habitOf(proxy: Proxy): Habit {
  let habit = habits.get(proxy);
  if (!habit) habits.set(proxy, (habit = {}));
  return habit;
}

/** Whether the request must wait for the answer to the greeting: together they choke this proxy, or seem to. */
export function needsGreetingFirst(proxy: Proxy): boolean {
  return habits.get(proxy)?.request === "after the greeting";
}

/** Whether this proxy was seen to take the two together. */
export function takesBoth(proxy: Proxy): boolean {
  return habits.get(proxy)?.request === "with the greeting";
}

/**
 * Whether the caller's first bytes may go with the request. The first connection finds out how the proxy likes its
 * greeting, and may have to begin anew for that: with early data it could not, since these must not go twice.
 */
export function takesEarlyData(proxy: Proxy): boolean {
  return habits.get(proxy)?.earlyData === true && !needsGreetingFirst(proxy);
}

/** These proxies have granted requests that came with their greetings. */
export function noteBothTaken(chain: readonly Proxy[]): void {
  for (const proxy of chain) habitOf(proxy).request ??= "with the greeting";
}

/** From now on these proxies get the request when they have answered the greeting. */
export function askStepByStep(chain: readonly Proxy[]): void {
  for (const proxy of chain) habitOf(proxy).request = "after the greeting";
}

/** A request that came with the greeting was never answered: another server may be behind the address by now. */
export function noteSilence(chain: readonly Proxy[]): void {
  for (const proxy of chain) if (takesBoth(proxy)) delete habitOf(proxy).request;
}

export function noteGrant(proxy: Proxy): void {
  habitOf(proxy).earlyData ??= true;
}

/** The connection broke when it had got early data: it gets no more. */
export function noteBreakAfterEarlyData(proxy: Proxy): void {
  habitOf(proxy).earlyData = false;
}
