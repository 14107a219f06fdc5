import { Blotter } from "./blotter";
import { DirectRoutes } from "./direct";
import type { GuardMode, GuardReport } from "./incident";
import { watchLookups } from "./lookups";
import { watchQueries } from "./queries";
import { watchTCP } from "./tcp";
import { watchUDP } from "./udp";

const WATCHES = [watchTCP, watchUDP, watchQueries, watchLookups];

let watch: { blotter: Blotter; stop(): void } | undefined;

/**
 * Starts watching this thread for connections, datagrams and DNS queries that do not come through us, whoever
 * makes them: the program, its dependencies, Node itself. A second call changes the mode and counts from zero.
 *
 * Each incident is a process warning (SocksGuardWarning), a message on the diagnostics channel `tsocksify:guard`,
 * and counted in {@link SOCKSreport}. With "kill" TCP and UDP calls fail with EACCES before anything is sent and
 * DNS queries with EREFUSED; only `dns.lookup` cannot be stopped. A worker thread that starts later has a guard of its
 * own; child processes are out of sight. async_hooks, which the watch needs, make programs with many promises somewhat slower.
 *
 * @param mode "off" ends the watch
 */
export function setGuard(mode: GuardMode | "off"): void {
  watch?.stop();
  watch = undefined;
  if (mode === "off") return;
  const blotter = new Blotter(mode);
  const direct = new DirectRoutes();
  const stops = WATCHES.map((start) => start(blotter, direct));
  watch = { blotter, stop: () => [...stops, () => direct.close()].forEach((stop) => stop()) };
}

const OFF: GuardReport = {
  mode: "off",
  proxied: 0,
  allowed: 0,
  direct: 0,
  datagrams: 0,
  queries: 0,
  incidents: [],
};

/** What the guard has counted since `SOCKSinit({ guard })`; zeros and mode "off" without one. */
export function SOCKSreport(): GuardReport {
  return watch?.blotter.report() ?? OFF;
}
