import { refuseForeignDispatcher, socksDispatcher } from "./dispatcher";
import { rememberingDispatcher, tellFailure } from "./failure";
import { lazyClass, type AnyClass } from "./lazyclass";
import { missing } from "./missing";
import { packageDispatcher, undiciPackage } from "./package";
import type { Dispatcher } from "./undici";

type WebSocketClass = typeof globalThis extends { WebSocket: infer Class extends AnyClass }
  ? Class
  : new (url: string | URL, protocols?: string | string[]) => EventTarget;

const native = () => (globalThis as { WebSocket?: WebSocketClass }).WebSocket;

/**
 * `WebSocket` through SOCKS: Node's own class (Node ≥ 22, or 20 with --experimental-websocket), else the one of
 * the npm package `undici` where that is installed. When the connection fails, the 'error' event has the reason, a
 * SocksError, in its property `error`.
 *
 * @throws Error ERR_SOCKS_UNDICI (on construction) where there is neither
 * @throws TypeError ERR_SOCKS_DISPATCHER for a dispatcher of the caller's own
 */
export const RWebSocket: WebSocketClass = lazyClass<WebSocketClass>(
  () => native() ?? (undiciPackage()?.WebSocket as WebSocketClass | undefined),
  // Without any argument the constructor is to complain itself.
  (given) => (given.length === 0 ? given : [given[0], throughProxy(given[1]), ...given.slice(2)]),
  () => missing("WebSocket", "Node 22 and later have one; Node 20 with --experimental-websocket."),
  (socket, [, init]) => tellFailure(socket, (init as Init).dispatcher),
);

interface Init {
  dispatcher: Dispatcher;
}

/** The second argument is a subprotocol, several, or an object of undici's with these and more. */
function throughProxy(init: unknown): Init {
  const isOptions = typeof init === "object" && init !== null && !(Symbol.iterator in init);
  const options = isOptions ? init : { protocols: init ?? [] };
  refuseForeignDispatcher(options, "WebSocket");
  return {
    ...options,
    dispatcher: rememberingDispatcher(native() ? socksDispatcher() : packageDispatcher()),
  };
}
