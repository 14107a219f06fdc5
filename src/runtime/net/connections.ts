interface Bound {
  address: string;
  /** How many connections there are to each host. */
  hosts: Map<string, number>;
}

/**
 * The open connections of ours by BND address. It is what a `listen` on one of these addresses goes by; nothing is kept
 * for a connection that is closed.
 */
const open = new Map<string, Bound>();

/** @returns `bound`, one string for all connections that have it */
export function noteConnection(bound: string, host: string): string {
  let known = open.get(bound);
  if (!known) open.set(bound, (known = { address: bound, hosts: new Map() }));
  const { address, hosts } = known;
  hosts.set(host, (hosts.get(host) ?? 0) + 1);
  return address;
}

export function forgetConnection(bound: string, host: string): void {
  const hosts = open.get(bound)?.hosts;
  const count = hosts?.get(host);
  if (!hosts || count === undefined) return;
  if (count > 1) return void hosts.set(host, count - 1);
  hosts.delete(host);
  if (hosts.size === 0) open.delete(bound);
}

/** The hosts to which there are connections with that BND address. */
export function hostsBehind(bound: string): string[] {
  return [...(open.get(bound)?.hosts.keys() ?? [])];
}

/** All hosts to which there are connections whose BND address the proxy has told. */
export function connectedHosts(): string[] {
  return [...new Set([...open.values()].flatMap(({ hosts }) => [...hosts.keys()]))];
}
