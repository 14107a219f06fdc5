import type { Proxy } from "../routes/proxy";
import type { Carrier } from "./carrier";
import { SocketCarrier } from "./socketCarrier";

/** The carrier that suits how the proxy listens. */
export function openCarrier(proxy: Proxy): Carrier {
  return new SocketCarrier(proxy);
}
