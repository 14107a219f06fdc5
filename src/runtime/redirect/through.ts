import net from "node:net";
import { connect } from "../net/socket";

/**
 * Runs `fn`; whatever it dials before it returns goes through SOCKS, also in code that was never compiled by
 * tsocksify: Node's own `tls.connect` and `http2.connect`, or the `createConnection` of an agent that a library
 * brought along.
 *
 * All of them end in `net.Socket.prototype.connect`, which is ours for exactly as long as `fn` runs. Nothing
 * else can run meanwhile, so the rest of the program never sees the difference.
 *
 * @returns what `fn` returns
 */
export function throughSocks<T>(fn: () => T): T {
  const previous = net.Socket.prototype.connect;
  net.Socket.prototype.connect = connect;
  try {
    return fn();
  } finally {
    net.Socket.prototype.connect = previous;
  }
}
