import net from "node:net";
import { Raccept } from "../bind/raccept";
import { isConnecting, noteLastConnect } from "../bind/lastConnect";
import { expectLastConnected } from "../bind/peer";
import { Rbind } from "../bind/rbind";
import { Rconnect } from "../connect";
import { connectSocket } from "../net/connect";
import { destinationOf } from "../net/established";
import { Rlisten } from "../net/listen";
import { leaveFromOwnPort } from "../net/ownPort";
import {
  accept,
  bind,
  connect,
  getsockname,
  listen,
  type Address,
  type Descriptor,
  type Transport,
} from "./descriptor";
import { direct } from "./direct";
import { failure } from "./failure";
import { rcmd, type Rcmd, type RcmdTransport } from "./rcmd";

/** Sockets through SOCKS: what the R-functions use. */
const socks: Transport & RcmdTransport = {
  connect(socket, place) {
    noteLastConnect(socket);
    connectSocket(socket, [place]);
  },
  listen(server, { host, port }, backlog, peer) {
    if (peer !== undefined) Rbind(server, peer);
    else if (port === 0) {
      // "What SOCKS expects": whom the port is for is only known when the connect has succeeded.
      if (isConnecting())
        throw failure("bind", "EALREADY", "no bind can start while a nonblocking connect is in progress");
      expectLastConnected(server);
    }
    Rlisten(server, { port, backlog, ...(host !== "" && { host }) });
  },
  dial(host, port, localPort) {
    const socket = new net.Socket();
    leaveFromOwnPort(socket);
    return Rconnect(socket, { host, port, localPort });
  },
  // A host that a rule exempts connects back directly, too.
  backchannel: (control) => (destinationOf(control) ? Rbind(control) : direct.backchannel(control)),
  accept: (server, control) => (destinationOf(control) ? Raccept(server) : direct.accept(server, control)),
};

/** What the R-functions do with a descriptor. */
export const descriptors = {
  connect: (s: Descriptor, address: Address) => connect(socks, s, address),
  bind: (s: Descriptor, address: Address, peer?: string) => bind(socks, s, address, peer),
  listen: (s: Descriptor, backlog?: number) => listen(socks, s, backlog),
  accept,
  getsockname,
};

/**
 * rcmd() of libsocks: runs a command at another host through SOCKS. With `wantStderr` the other host's second
 * connection comes back through BIND. See `rcmd` of the Berkeley face for the ports that rshd insists on.
 */
export const Rrcmd: Rcmd = (...args) => rcmd(socks, ...args);
