import dns from "node:dns";
import { nameBehind } from "./reserved";

/** Loopback's name and services are in this machine's files: asking about it sends nothing. */
const LOOPBACK = "127.0.0.1";

/**
 * `dns.lookupService` without a local query: the name behind a reserved address, with the service's name as this
 * machine's files have it; any other address is answered through the proxy.
 *
 * @param reverse finds an address's names
 */
export async function lookupService(
  address: string,
  port: number,
  reverse: (address: string) => Promise<string[]>,
): Promise<{ hostname: string; service: string }> {
  const { service } = await dns.promises.lookupService(LOOPBACK, port);
  const hostname = nameBehind(address) ?? (await reverse(address))[0] ?? address;
  return { hostname, service };
}
