import type { Endpoint } from "../protocol/address";

/**
 * The open connections of ours by BND address, and how many there are to each host. It is what a `listen` on one of
 * these addresses goes by; nothing is kept for a connection that is closed.
 */
const open = new Map<string, Map<string, number>>();

export function noteConnection(bound: string, { host }: Endpoint): void {
  let hosts = open.get(bound);
  if (!hosts) open.set(bound, (hosts = new Map()));
  hosts.set(host, (hosts.get(host) ?? 0) + 1);
}

export function forgetConnection(bound: string, { host }: Endpoint): void {
  const hosts = open.get(bound);
  const count = hosts?.get(host);
  if (!hosts || count === undefined) return;
  if (count > 1) return void hosts.set(host, count - 1);
  hosts.delete(host);
  if (hosts.size === 0) open.delete(bound);
}

/** The hosts to which there are connections with that BND address. */
export function hostsBehind(bound: string): string[] {
  return [...(open.get(bound)?.keys() ?? [])];
}

/** All hosts to which there are connections whose BND address the proxy has told. */
export function connectedHosts(): string[] {
  return [...new Set([...open.values()].flatMap((hosts) => [...hosts.keys()]))];
}
