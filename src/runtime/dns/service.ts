import dns from "node:dns";
import net from "node:net";
import { nameBehind } from "./reserved";

type Reverse = (address: string) => Promise<string[]>;
type Callback = (error: NodeJS.ErrnoException | null, hostname?: string, service?: string) => void;

/** Loopback's name and services are in this machine's files: asking about it sends nothing. */
const LOOPBACK = "127.0.0.1";

/**
 * `dns.lookupService` without a local query, in both forms: the name behind a reserved address, with the service's
 * name as this machine's files have it. Any other address is looked up through the proxy.
 *
 * @param reverse finds an address's names
 */
export function lookupServices(reverse: Reverse) {
  const nameOf = async (address: string) => nameBehind(address) ?? (await reverse(address))[0] ?? address;
  return {
    callback(address: string, port: number, callback: Callback): void {
      // Node says what is wrong with the arguments.
      if (net.isIP(address) === 0 || typeof callback !== "function")
        return dns.lookupService(address, port, callback as never);
      dns.lookupService(LOOPBACK, port, (error, _loopback, service) => {
        if (error) return callback(error);
        nameOf(address).then(
          (hostname) => process.nextTick(callback, null, hostname, service),
          (error: Error) => process.nextTick(callback, error),
        );
      });
    },
    async promise(address: string, port: number): Promise<{ hostname: string; service: string }> {
      if (net.isIP(address) === 0) return dns.promises.lookupService(address, port);
      const { service } = await dns.promises.lookupService(LOOPBACK, port);
      return { hostname: await nameOf(address), service };
    },
  };
}
