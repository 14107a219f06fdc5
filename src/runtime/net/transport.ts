import type { Proxy } from "../routes/proxy";
import type { Carrier } from "./carrier";
import { SocketCarrier } from "./socketCarrier";
import { TLSCarrier } from "./tlsCarrier";

/** The carrier that suits how the proxy listens. */
export function openCarrier(proxy: Proxy): Carrier {
  return proxy.transport === "tls" ? new TLSCarrier(proxy) : new SocketCarrier(proxy);
}
