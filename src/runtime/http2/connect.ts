import http2 from "node:http2";
import { handOverEarlyBytes } from "./early";
import { throughSocks } from "../redirect/through";

/**
 * `http2.connect` through SOCKS, with Node's own ALPN and session set-up. A `createConnection` of the caller
 * runs as always; what it dials before it returns goes through the proxy.
 *
 * @returns a ClientHttp2Session, connecting
 */
export const connect = function connect(...args: unknown[]): http2.ClientHttp2Session {
  return throughSocks(() => handOverEarlyBytes(Reflect.apply(http2.connect, http2, args)));
} as typeof http2.connect;
