import { adoptProperties } from "../redirect/likeness";
import { refuseForeignDispatcher, socksDispatcher } from "./dispatcher";

const native = globalThis.fetch;

/**
 * `fetch` through SOCKS: Node's own, with its own Request, Response, redirects, streams and AbortSignal; only the
 * connections differ. A `dispatcher` of the caller's own is refused.
 *
 * @returns what `fetch` returns; a failed dial is the `cause` of its TypeError
 * @throws (rejects) TypeError ERR_SOCKS_DISPATCHER
 */
export const Rfetch: typeof fetch = async (input, init) => {
  refuseForeignDispatcher(init, "fetch");
  return native(input, { ...init, dispatcher: socksDispatcher() } as RequestInit);
};
adoptProperties(Rfetch, native);
