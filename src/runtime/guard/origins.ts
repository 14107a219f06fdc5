import { createHook } from "node:async_hooks";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { origin } from "./origin";

/**
 * On whose line handles and sockets were made. The dial itself comes later, when nobody's line is on the stack any
 * more: here Node's diagnostics channel tells of new sockets, and async_hooks of new handles (a socket's own, on
 * Nodes whose channel does not tell of `socket.connect`).
 */
export class Origins {
  private readonly lines = new WeakMap<object, string>();
  private readonly hook;

  /**
   * @param channel of Node's, whose messages have a `socket`
   * @param resource the async_hooks type of the handles
   * @param keyOf what of a socket to remember the line by
   */
  constructor(
    private readonly channel: string,
    resource: string,
    private readonly keyOf: (socket: object) => object = (socket) => socket,
  ) {
    subscribe(channel, this.onSocket);
    this.hook = createHook({
      init: (_id, type, _trigger, handle) => {
        if (type === resource) this.note(handle);
      },
    }).enable();
  }

  close(): void {
    unsubscribe(this.channel, this.onSocket);
    this.hook.disable();
  }

  /** The line of the first of these that is known, otherwise the one that is running. */
  of(...keys: (object | null | undefined)[]): { at?: string } {
    const at = keys.map((key) => key && this.lines.get(key)).find((line) => line) ?? origin();
    return at ? { at } : {};
  }

  private readonly onSocket = (message: unknown): void =>
    this.note(this.keyOf((message as { socket: object }).socket));

  private note(key: object): void {
    const line = this.lines.has(key) ? undefined : origin();
    if (line) this.lines.set(key, line);
  }
}
