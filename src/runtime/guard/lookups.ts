import { createHook } from "node:async_hooks";
import type { Blotter } from "./blotter";
import { isCarrierName } from "../net/carrier";
import type { DirectRoutes } from "./direct";
import { origin } from "./origin";

/** GetAddrInfoReqWrap and GetNameInfoReqWrap: lib/dns.js fills them in right after it has made them. */
interface Request {
  hostname?: string;
  host?: string;
}

const TYPES = new Set(["GETADDRINFOREQWRAP", "GETNAMEINFOREQWRAP"]);

/**
 * Watches dns.lookup and dns.lookupService, also those of Node's internals: the resource types of async_hooks are
 * the one place where all of them show. By then the query is under way, so it can be reported, not stopped.
 *
 * @returns ends the watch
 */
export function watchLookups(blotter: Blotter, direct: DirectRoutes): () => void {
  const hook = createHook({
    init(_id, type, _trigger, resource) {
      if (!TYPES.has(type)) return;
      const at = origin();
      process.nextTick(() => {
        const { hostname, host } = resource as Request;
        const address = hostname ?? host;
        if (address === undefined || address === "localhost") return;
        if (isCarrierName(address) || direct.resolves(address)) return;
        blotter.enter({ kind: "dns", address, ...(at && { at }), killed: false });
      });
    },
  }).enable();
  return () => void hook.disable();
}
