import net from "node:net";
import type { Proxy } from "../routes/proxy";
import { nativeConnect } from "./internals";

/** Connections of ours to a proxy: the only ones that are meant to be direct. */
const carriers = new WeakSet<object>();

/** Whether `socket` is a connection to a proxy that the runtime itself made. */
export function isCarrier(socket: object): boolean {
  return carriers.has(socket);
}

/** Begins to connect to a proxy. The proxy's own name is resolved here, by the system. */
export function openCarrier(proxy: Proxy): net.Socket {
  const carrier = new net.Socket();
  carriers.add(carrier);
  const place = proxy.transport === "unix" ? { path: proxy.path! } : { host: proxy.host, port: proxy.port };
  return nativeConnect.call(carrier, place);
}
