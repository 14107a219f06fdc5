import { net } from "./net.js";
import type { ModuleTable } from "./schema.js";

const listens =
  "On port 0, after a connect through the proxy, it is a BIND at the proxy, for the host of that connection, and accepts one peer (RFC 1928 section 6). Otherwise it listens on this machine. SOCKSinit's option `bind` can say otherwise: `bind` is always at the proxy, `local` always here, `deny` nowhere.";

/**
 * The Berkeley face: what a module exports that ports the socket functions of C, be it ours, a binding to the system's, or
 * one that the configuration names. The rename is the one of 1994: `-Dconnect=Rconnect -Dbind=Rbind …`
 */
export const berkeley = {
  module: "@tsocksify/runtime/berkeley",
  finding: "SOCKS1008",
  exports: {
    connect: { class: "socket", becomes: "Rconnect", call: "connect" },
    bind: { class: "socket", becomes: "Rbind", call: "bind", does: listens },
    listen: { class: "socket", becomes: "Rlisten", call: "listen", does: listens },
    accept: { class: "socket", becomes: "Raccept", call: "accept" },
    getsockname: {
      class: "socket",
      becomes: "Rgetsockname",
      call: "getsockname",
      does: net.exports.Socket.members.address.does,
    },
    select: { class: "socket", becomes: "Rselect", call: "select" },
    rcmd: { class: "socket", becomes: "Rrcmd", call: "rcmd" },
    SOCK_DGRAM: { class: "udp", finding: "SOCKS1001" },
    // Linux has flags in the bits above the type: socket(2).
    socket: {
      class: "inert",
      call: "socket",
      refuses: { argument: 1, mask: 0xf, value: 2, finding: "SOCKS1001" },
    },
    Rconnect: { class: "inert", call: "connect" },
    Rbind: { class: "inert", call: "bind" },
    Rlisten: { class: "inert", call: "listen" },
    Raccept: { class: "inert", call: "accept" },
    Rgetsockname: { class: "inert", call: "getsockname" },
    Rselect: { class: "inert", call: "select" },
    Rrcmd: { class: "inert", call: "rcmd" },
    read: { class: "inert", call: "io" },
    readv: { class: "inert", call: "io" },
    recv: { class: "inert", call: "io" },
    recvfrom: { class: "inert", call: "io" },
    recvmsg: { class: "inert", call: "io" },
    write: { class: "inert", call: "io" },
    writev: { class: "inert", call: "io" },
    send: { class: "inert", call: "io" },
    sendto: { class: "inert", call: "io" },
    sendmsg: { class: "inert", call: "io" },
    fcntl: { class: "inert", call: "mode" },
    ioctl: { class: "inert", call: "mode" },
    ioctlsocket: { class: "inert", call: "mode" },
    setblocking: { class: "inert", call: "mode" },
    setnonblocking: { class: "inert", call: "mode" },
    setNonblocking: { class: "inert", call: "mode" },
    close: { class: "inert", call: "close" },
    closesocket: { class: "inert", call: "close" },
  },
  inert: [],
} as const satisfies ModuleTable;
