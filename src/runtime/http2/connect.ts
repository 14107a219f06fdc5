import http2 = require("node:http2");
import { handOverEarlyBytes } from "./early";
import { throughSocks } from "../redirect/through";
import { overPending, socketIn } from "../tls/beneath";

/**
 * `http2.connect` through SOCKS, with Node's own ALPN and session set-up. A `createConnection` of the caller
 * runs as always; what it dials before it returns goes through the proxy. TLS may run over a `socket` of the caller.
 *
 * @returns a ClientHttp2Session, connecting
 */
export const connect = function connect(...args: unknown[]): http2.ClientHttp2Session {
  const make = () => throughSocks(() => Reflect.apply(http2.connect, http2, args));
  return handOverEarlyBytes(overPending(socketIn(args), make));
} as typeof http2.connect;
