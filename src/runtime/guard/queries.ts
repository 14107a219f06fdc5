import dns from "node:dns";
import type { Blotter } from "./blotter";
import { intercept } from "./intercept";
import { origin } from "./origin";

/** A QueryReqWrap of Node's dns. */
interface Query {
  oncomplete(error: string): void;
}

/**
 * Watches dns.resolve* and dns.reverse, which ask a name server directly and over UDP.
 *
 * @returns ends the watch
 */
export function watchQueries(blotter: Blotter): () => void {
  const prototype = channelPrototype();
  const methods = Object.getOwnPropertyNames(prototype).filter((name) => /^query|^getHostByAddr$/.test(name));
  return intercept(prototype, methods, (_handle, _name, args) => {
    const [query, name] = args as [Query, string];
    const at = origin();
    blotter.enter({ kind: "dns", address: name, ...(at && { at }), killed: blotter.kills });
    if (!blotter.kills) return;
    process.nextTick(() => query.oncomplete(dns.REFUSED));
    return 0;
  });
}

/** Node does not export its c-ares channel; a Resolver holds one. */
function channelPrototype(): object {
  const { _handle } = new dns.Resolver() as unknown as { _handle: object };
  return Object.getPrototypeOf(_handle) as object;
}
