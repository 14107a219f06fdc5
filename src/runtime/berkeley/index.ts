/**
 * The Berkeley face: the socket functions of C for ported code, each to be awaited where C would have waited, and
 * their R-twins, so that the classic rename (`-Dconnect=Rconnect …`) works letter by letter.
 */
import * as calls from "./descriptor";
import { direct } from "./direct";
import * as remote from "./rcmd";
import { descriptors } from "./socks";

export * from "./constants";
export { Descriptor, accept, getsockname, getpeername, close, type Address } from "./descriptor";
export { send, recv, send as write, recv as read, shutdown } from "./io";
export type { RemoteCommand } from "./rcmd";
export { select, select as Rselect, type Selectable, type Selected } from "./select";
export { fcntl, socket } from "./socket";
export { Rrcmd } from "./socks";

/** connect(2): directly. */
export const connect = (s: calls.Descriptor, address: calls.Address): Promise<void> =>
  calls.connect(direct, s, address);
/** bind(2): here. */
export const bind = (s: calls.Descriptor, address: calls.Address): Promise<void> =>
  calls.bind(direct, s, address);
/** listen(2): here. */
export const listen = (s: calls.Descriptor, backlog?: number): Promise<void> =>
  calls.listen(direct, s, backlog);
/** rcmd(3): directly. */
export const rcmd: remote.Rcmd = (...args) => remote.rcmd(direct, ...args);

/** connect() of libsocks: through the proxy. */
export const Rconnect = descriptors.connect;
/**
 * bind() of libsocks: after a connect, port 0 is one at the proxy. `peer` is the host that will connect to it: the
 * last one that this asynchronous context has connected to, if it is left out.
 */
export const Rbind = descriptors.bind;
export const Rlisten = descriptors.listen;
export const Raccept = descriptors.accept;
export const Rgetsockname = descriptors.getsockname;
