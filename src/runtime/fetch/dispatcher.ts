import { connector } from "./connector";
import { nativeAgentClass, type Dispatcher } from "./undici";

let dispatcher: Dispatcher | undefined;

/** The undici dispatcher of Rfetch, RWebSocket and REventSource: one pool per origin, all through SOCKS. */
export function socksDispatcher(): Dispatcher {
  return (dispatcher ??= new (nativeAgentClass())({ connect: connector(offersH2()) }));
}

/** fetch offers HTTP/2 since undici 8 (Node 26). */
function offersH2(): boolean {
  return Number.parseInt(process.versions.undici ?? "0", 10) >= 8;
}

/**
 * A dispatcher of the caller's own would dial by itself, and directly.
 *
 * @throws TypeError with code ERR_SOCKS_DISPATCHER
 */
export function refuseForeignDispatcher(init: object | null | undefined, api: string): void {
  const given = (init as { dispatcher?: unknown } | null | undefined)?.dispatcher;
  if (given === undefined || given === null || given === dispatcher) return;
  throw Object.assign(
    new TypeError(
      `${api} got a dispatcher of the caller's own, whose connections would not go through SOCKS. ` +
        `Leave the option out.`,
    ),
    { code: "ERR_SOCKS_DISPATCHER" },
  );
}
