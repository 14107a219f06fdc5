import type { Dispatcher } from "./undici";

/** undici's handler of one request: an object with methods, of which these tell of a failure (up to 7, from 7 on). */
type Handler = Record<string, ((...args: unknown[]) => unknown) | undefined>;
const FAILURES = ["onError", "onResponseError"];

type Dispatch = (options: unknown, handler: Handler) => unknown;

const failures = new WeakMap<Dispatcher, Error>();

/**
 * A dispatcher for one WebSocket, which remembers why its connection failed: undici itself replaces that by an error
 * that says nothing.
 *
 * @param shared makes the connections
 */
export function rememberingDispatcher(shared: Dispatcher): Dispatcher {
  const dispatch: Dispatch = (options, handler) =>
    (shared as unknown as { dispatch: Dispatch }).dispatch(
      options,
      listening(handler, (error) => failures.set(remembering, error)),
    );
  const remembering: Dispatcher = new Proxy(shared, {
    get: (agent, key) => (key === "dispatch" ? dispatch : (Reflect.get(agent, key, agent) as unknown)),
  });
  return remembering;
}

/** `handler`, whose methods go on to use their `this`, and which undici asks for the methods that it has. */
function listening(handler: Handler, failed: (error: Error) => void): Handler {
  const heard = FAILURES.filter((name) => handler[name]).map((name) => {
    const value = function (this: unknown, ...args: unknown[]): unknown {
      const error = args.find((arg) => arg instanceof Error);
      if (error) failed(error);
      return handler[name]!.apply(this, args);
    };
    return [name, { value, writable: true }] as const;
  });
  return Object.create(handler, Object.fromEntries(heard)) as Handler;
}

/** Has `socket`'s 'error' event say why the connection failed, in `error` and `message`. */
export function tellFailure(socket: EventTarget, dispatcher: Dispatcher): void {
  const tell = (event: Event): void => {
    const error = failures.get(dispatcher);
    if (!error) return;
    Object.defineProperties(event, {
      error: { value: error, enumerable: true },
      message: { value: error.message, enumerable: true },
    });
  };
  // Before any listener of the program's.
  socket.addEventListener("error", tell, { once: true });
}
