import http2 from "node:http2";
import { throughSocks } from "../redirect/through";

/**
 * `http2.connect` through SOCKS, with Node's own ALPN and session set-up. A `createConnection` of the caller
 * runs as always; what it dials before it returns goes through the proxy.
 *
 * @returns a ClientHttp2Session, connecting
 */
export const connect = function connect(...args: unknown[]): http2.ClientHttp2Session {
  return throughSocks(() => Reflect.apply(http2.connect, http2, args) as http2.ClientHttp2Session);
} as typeof http2.connect;
