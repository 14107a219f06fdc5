import net from "node:net";
import type tls from "node:tls";
import { Rconnect } from "../connect";
import { isPending } from "../net/pending";
import { connect as connectTLS } from "../tls/connect";
import { SessionCache } from "./sessions";
import type { Connector } from "./undici";

/**
 * undici's own settings (lib/core/connect.js): probes after a minute of silence, 10 s until connected. The way through the
 * proxy has a deadline of its own, SOCKSinit's `timeout`: then these 10 s are for TLS alone.
 */
const KEEP_ALIVE_DELAY_MS = 60_000;
const CONNECT_TIMEOUT_MS = 10_000;

/**
 * The `connect` function of an undici Agent whose connections go through SOCKS, with the settings of undici's
 * own: TLS sessions are resumed per server name, Nagle's algorithm is off.
 *
 * @param h2 whether this undici speaks HTTP/2 where the server chooses it
 */
export function connector(h2: boolean): Connector {
  const sessions = new SessionCache();
  return (target, callback) => {
    const { hostname, protocol, allowH2 = h2 } = target;
    const secure = protocol === "https:";
    const options = {
      host: hostname,
      port: Number(target.port || (secure ? 443 : 80)),
      localAddress: target.localAddress ?? undefined,
    };
    let socket: net.Socket;
    if (secure) {
      const servername = target.servername || serverName(hostname);
      const key = servername || hostname;
      const secured = connectTLS({
        ...options,
        highWaterMark: 16 * 1024,
        servername,
        session: sessions.get(key),
        ALPNProtocols: allowH2 ? ["http/1.1", "h2"] : ["http/1.1"],
      } as tls.ConnectionOptions);
      secured.on("session", (session) => sessions.set(key, session));
      socket = secured;
    } else {
      socket = Rconnect({ highWaterMark: 64 * 1024, ...options } as net.NetConnectOpts);
    }
    socket.setKeepAlive(true, KEEP_ALIVE_DELAY_MS).setNoDelay(true);
    settle(socket, secure ? "secureConnect" : "connect", callback);
  };
}

/** An address has no server name (RFC 6066 §3). */
function serverName(hostname: string): string | undefined {
  return net.isIP(hostname) ? undefined : hostname;
}

/** Reports the first of: connected, failed, too late. */
function settle(socket: net.Socket, connected: string, callback: Parameters<Connector>[1]): void {
  let timer: NodeJS.Timeout | undefined;
  const limit = () => {
    timer = setTimeout(() => {
      const error = new Error(`Connect Timeout Error (${CONNECT_TIMEOUT_MS} ms)`);
      socket.destroy(Object.assign(error, { name: "ConnectTimeoutError", code: "UND_ERR_CONNECT_TIMEOUT" }));
    }, CONNECT_TIMEOUT_MS);
  };
  if (!isPending(socket)) limit();
  else if (connected !== "connect") socket.once("connect", limit);
  let settled = false;
  const once = (report: () => void) => {
    clearTimeout(timer);
    if (settled) return;
    settled = true;
    report();
  };
  socket.once(connected, () => once(() => callback(null, socket)));
  // Stays for good: until undici listens itself, an error must not be unhandled.
  socket.on("error", (error) => once(() => callback(error)));
}
