import { refuseForeignDispatcher, socksDispatcher } from "./dispatcher";
import { lazyClass, type AnyClass } from "./lazyclass";
import { missing } from "./missing";
import { packageDispatcher, undiciPackage } from "./package";

type EventSourceClass = typeof globalThis extends { EventSource: infer Class extends AnyClass }
  ? Class
  : new (url: string | URL, init?: { withCredentials?: boolean }) => EventTarget;

const native = () => (globalThis as { EventSource?: EventSourceClass }).EventSource;

/**
 * `EventSource` through SOCKS: Node's own class (Node ≥ 22.3, or 20.18, with --experimental-eventsource), else
 * the one of the npm package `undici` where that is installed.
 *
 * @throws Error ERR_SOCKS_UNDICI (on construction) where there is neither
 * @throws TypeError ERR_SOCKS_DISPATCHER for a dispatcher of the caller's own
 */
export const REventSource: EventSourceClass = lazyClass<EventSourceClass>(
  () => native() ?? (undiciPackage()?.EventSource as EventSourceClass | undefined),
  // Without any argument the constructor is to complain itself.
  (given) =>
    given.length === 0 ? given : [given[0], throughProxy(given[1] as Init | undefined), ...given.slice(2)],
  () => missing("EventSource", "Node 22.3 and later have one with --experimental-eventsource."),
);

/** undici 8 (Node 26) moved its own options into `node`; earlier ones read the flat form. */
interface Init {
  node?: object;
}

function throughProxy(init: Init | undefined): object {
  refuseForeignDispatcher(init, "EventSource");
  refuseForeignDispatcher(init?.node, "EventSource");
  const dispatcher = native() ? socksDispatcher() : packageDispatcher();
  return { ...init, dispatcher, node: { ...init?.node, dispatcher } };
}
